package dev.signaltoorder.kraken;

import java.net.URI;
import java.util.function.Supplier;

/**
 * Where Kraken's REST interface is: scheme, host and perhaps port. Asked at the first call, not
 * before, because a simulated exchange knows its port only once it listens. The configured address
 * is used unless the application has another bean of this type.
 */
@FunctionalInterface
public interface RestUrl extends Supplier<URI> {}
