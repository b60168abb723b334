package dev.signaltoorder;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The scenarios against the packaged program, from A to K; in two processes side by side like
 * {@link ScenariosAToHSuite}.
 */
@Suite
@SelectPackages("dev.signaltoorder.scenario")
@IncludeClassNamePatterns("dev\\.signaltoorder\\.scenario\\.Packaged[A-K].*IT")
class PackagedAToKSuiteIT {}
