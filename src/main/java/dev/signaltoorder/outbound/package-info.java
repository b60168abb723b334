/** What goes out to others: notifications, and the feed of what became of signals. */
@NullMarked
package dev.signaltoorder.outbound;

import org.jspecify.annotations.NullMarked;
