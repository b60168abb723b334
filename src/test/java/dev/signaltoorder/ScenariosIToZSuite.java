package dev.signaltoorder;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The scenarios from I to Z; see {@link ScenariosAToHSuite}. */
@Suite
@SelectPackages("dev.signaltoorder.scenario")
@IncludeClassNamePatterns("dev\\.signaltoorder\\.scenario\\.[I-Z].*Test")
class ScenariosIToZSuite {}
