/** The read side: audit report, story of one signal, console pages. */
@NullMarked
package dev.signaltoorder.report;

import org.jspecify.annotations.NullMarked;
