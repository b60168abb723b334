package dev.signaltoorder.report;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The pages. Everything they show is escaped by Qute, because their names end in .html. */
@CheckedTemplate(basePath = "report")
class Pages {
  private Pages() {}

  static native TemplateInstance console(ConsoleView view);

  static native TemplateInstance performance(PerformanceView view);

  static native TemplateInstance refused(
      PageFrame frame, String heading, List<String> problems, String back);

  static native TemplateInstance story(StoryView view);
}
