/** Operators' acts and the jobs that keep the service running. Nobody uses this package. */
@NullMarked
package dev.signaltoorder.operations;

import org.jspecify.annotations.NullMarked;
