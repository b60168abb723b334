/** How results are counted: the same for loss limits and for the report. */
@NullMarked
package dev.signaltoorder.accounting;

import org.jspecify.annotations.NullMarked;
