package dev.signaltoorder;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The scenarios from A to H. All tests are divided into suites ({@link TestSuitesTest} sees to it
 * that none is forgotten), which run in two processes side by side: most scenarios wait for
 * something. Within a suite the service starts once per profile.
 */
@Suite
@SelectPackages("dev.signaltoorder.scenario")
@IncludeClassNamePatterns("dev\\.signaltoorder\\.scenario\\.[A-H].*Test")
class ScenariosAToHSuite {}
