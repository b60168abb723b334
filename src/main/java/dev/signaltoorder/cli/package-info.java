/** The command line: everything the program does besides serving. */
@NullMarked
package dev.signaltoorder.cli;

import org.jspecify.annotations.NullMarked;
