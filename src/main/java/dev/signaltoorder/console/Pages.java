package dev.signaltoorder.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages. Everything they show is escaped by Qute, because their names end in .html. */
@CheckedTemplate(basePath = "console")
class Pages {
  private Pages() {}

  static native TemplateInstance audit(AuditView view);

  static native TemplateInstance operations(OperationsView view);

  static native TemplateInstance positions(PositionsView view);

  static native TemplateInstance rules(RulesView view);
}
