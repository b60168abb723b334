package dev.signaltoorder;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The scenarios from M to Z; see {@link ScenariosAToLSuite}. */
@Suite
@SelectPackages("dev.signaltoorder.scenario")
@IncludeClassNamePatterns("dev\\.signaltoorder\\.scenario\\.[M-Z].*Test")
class ScenariosMToZSuite {}
