/** The console's pages over accounts, rules, evidence and operations; each shows, none decides. */
@NullMarked
package dev.signaltoorder.console;

import org.jspecify.annotations.NullMarked;
