package dev.signaltoorder;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of single packages but the core's; see {@link ScenariosAToHSuite}. */
@Suite
@SelectPackages("dev.signaltoorder")
@ExcludePackages({
  "dev.signaltoorder.scenario",
  "dev.signaltoorder.trading",
  "dev.signaltoorder.risk"
})
@IncludeClassNamePatterns(".*Test")
class PartsSuite {}
