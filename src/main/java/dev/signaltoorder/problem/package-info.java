/** RFC 9457 problem bodies and the one mapping from failures to them. */
@NullMarked
package dev.signaltoorder.problem;

import org.jspecify.annotations.NullMarked;
