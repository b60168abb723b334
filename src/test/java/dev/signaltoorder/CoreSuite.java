package dev.signaltoorder;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of the rules and of the account core; see {@link ScenariosAToHSuite}. */
@Suite
@SelectPackages({"dev.signaltoorder.trading", "dev.signaltoorder.risk"})
@IncludeClassNamePatterns(".*Test")
class CoreSuite {}
