package dev.jgenl.spec.compiler.typed;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.jgenl.spec.model.Call;
import dev.jgenl.spec.model.Layout;
import dev.jgenl.spec.model.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The views of the messages of operations, and the shapes that they share. */
final class OperationViews {

  private final FamilyIndex index;
  private final TypeNames names;
  private final NameScope shapeNames = NameScope.of();
  private final Map<String, String> shapeByLayout = new LinkedHashMap<>();
  private final Map<String, Contents> shapes = new LinkedHashMap<>();

  OperationViews(FamilyIndex index, TypeNames names) {
    this.index = index;
    this.names = names;
  }

  /** Returns the shapes of the views that have been asked for, by the names of their constants. */
  Map<String, Contents> shapes() {
    return shapes;
  }

  List<View> of(Operation operation) {
    List<View> views = new ArrayList<>();
    operation.doCall().ifPresent(call -> views.add(request(operation, call, false)));
    operation.dump().ifPresent(call -> views.add(request(operation, call, true)));
    if (replies(operation).findAny().isPresent()) {
      views.add(reply(operation));
    }
    operation.event().ifPresent(told -> views.add(told(operation, told)));
    return views;
  }

  /** Returns what may answer it, as a do and as a dump. */
  private static Stream<Layout> replies(Operation operation) {
    return Stream.of(operation.doCall(), operation.dump())
        .flatMap(Optional::stream)
        .flatMap(call -> call.reply().stream());
  }

  static boolean isAnswered(Operation operation) {
    return replies(operation).findAny().isPresent();
  }

  private View request(Operation operation, Call call, boolean dump) {
    ClassName name = dump ? names.dumpRequest(operation) : names.request(operation);
    ClassName reply = call.reply().isPresent() ? names.reply(operation) : Classes.ACKNOWLEDGED;
    String what =
        (dump ? "Asks for many things: the dump " : "A request: the operation ")
            + Docs.code(operation.name())
            + ".";
    return view(name, what, operation, call.request().attributes())
        .asking(
            new View.Asked(
                operation.name(), dump ? CallWriter.DUMP : CallWriter.call(operation), reply));
  }

  private View reply(Operation operation) {
    List<String> attributes =
        replies(operation).flatMap(l -> l.attributes().stream()).distinct().toList();
    String what = "What answers the operation " + Docs.code(operation.name()) + ".";
    return told(view(names.reply(operation), what, operation, attributes));
  }

  private View told(Operation operation, Layout layout) {
    String what = "What the kernel tells by itself: " + Docs.code(operation.name()) + ".";
    return told(view(names.told(operation), what, operation, layout.attributes()));
  }

  /** A subscription tells of it, or lists it. */
  private View told(View view) {
    return hasNotifications() ? view.implementing(names.notification()) : view;
  }

  boolean hasNotifications() {
    return !index.family().groups().isEmpty();
  }

  private View view(ClassName name, String what, Operation operation, List<String> attributes) {
    Contents contents =
        Contents.of(operation.header().map(index::struct), operation.set().map(index::set));
    return View.plain(
            name,
            Docs.of(operation.doc(), what).paragraph(Facts.privileges(operation)),
            contents.showing(attributes))
        .withShape(shape(operation, contents))
        .withHead(operation.header().map(names::struct));
  }

  private CodeBlock shape(Operation operation, Contents contents) {
    String layout =
        Stream.of(operation.header(), operation.set())
            .flatMap(Optional::stream)
            .reduce((header, set) -> header + "-" + set)
            .orElse("nothing");
    String constant =
        shapeByLayout.computeIfAbsent(layout, key -> shapeNames.take(Identifiers.constant(key)));
    shapes.put(constant, contents);
    return CodeBlock.of("$T.$L", names.shapes(), constant);
  }
}
