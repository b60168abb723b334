package dev.signaltoorder;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The scenarios against the packaged program, from L to Z; see {@link PackagedAToKSuiteIT}. */
@Suite
@SelectPackages("dev.signaltoorder.scenario")
@IncludeClassNamePatterns("dev\\.signaltoorder\\.scenario\\.Packaged[L-Z].*IT")
class PackagedLToZSuiteIT {}
