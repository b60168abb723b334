/** The Kraken client: wire types, signing, nonces, call order. Knows no domain type. */
@NullMarked
package dev.signaltoorder.kraken;

import org.jspecify.annotations.NullMarked;
