/** What tests of several packages use. */
package dev.signaltoorder.testing;
