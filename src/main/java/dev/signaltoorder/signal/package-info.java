/** From the bytes of a webhook to a validated signal: authentication, payload mapping, intake. */
@NullMarked
package dev.signaltoorder.signal;

import org.jspecify.annotations.NullMarked;
