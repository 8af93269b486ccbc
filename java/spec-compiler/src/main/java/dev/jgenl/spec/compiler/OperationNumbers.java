package dev.jgenl.spec.compiler;

import java.util.List;
import java.util.Set;

/**
 * Numbers operations as the kernel's tools do. In a unified list all messages of an operation have
 * one number, and each operation has one more than the one before if it says nothing. In a
 * directional list requests and what the kernel sends are counted apart, and what has no reply
 * counts for none.
 */
final class OperationNumbers {

  private final boolean directional;
  private final int most;
  private int nextRequest = 1;
  private int nextReply = 1;

  private OperationNumbers(boolean directional, int most) {
    this.directional = directional;
    this.most = most;
  }

  static OperationNumbers of(Fields operations, int most) throws SpecException {
    String model = operations.textOr("enum-model", "unified");
    Set<String> models = Set.of("unified", "directional");
    if (!models.contains(model)) {
      throw new SpecException(
          operations.place("enum-model"),
          "there is no enum-model " + model + Nearest.remedy(model, models));
    }
    return new OperationNumbers(model.equals("directional"), most);
  }

  /** The numbers of a request and its reply. */
  record Pair(int request, int reply) {}

  /** The numbers of an operation's messages, also of those that it has not. */
  record Ids(Pair doCall, Pair dump, int event) {}

  Ids next(Fields operation) throws SpecException {
    return directional ? nextDirectional(operation) : nextUnified(operation);
  }

  private Ids nextUnified(Fields operation) throws SpecException {
    for (String kind : List.of("do", "dump")) {
      Fields call = operation.fields(kind, Keys.CALL);
      for (String direction : List.of("request", "reply")) {
        Fields layout = call == null ? null : call.fields(direction, Keys.LAYOUT);
        if (layout != null && layout.has("value")) {
          throw new SpecException(
              layout.place("value"),
              "a number of its own: give it to the operation, or set enum-model to directional");
        }
      }
    }
    int id = operation.counted("value", nextRequest, most);
    nextRequest = id + 1;
    Pair pair = new Pair(id, id);
    return new Ids(pair, pair, id);
  }

  private Ids nextDirectional(Fields operation) throws SpecException {
    if (operation.has("notify") || operation.has("event")) {
      int event = operation.counted("value", nextReply, most);
      nextReply = event + 1;
      Pair none = new Pair(0, 0);
      return new Ids(none, none, event);
    }
    Fields doCall = operation.fields("do", Keys.CALL);
    Fields dump = operation.fields("dump", Keys.CALL);
    Fields first = doCall == null ? dump : doCall;
    if (first == null || operation.has("value")) {
      throw new SpecException(
          operation.place("value"),
          "in a directional list the number of an operation stands in the request and the reply of"
              + " its do or dump");
    }
    Pair ids = pair(first, nextRequest, nextReply);
    nextRequest = ids.request + 1;
    nextReply = first.has("reply") ? ids.reply + 1 : ids.reply;
    if (dump == null || dump == first) {
      return new Ids(ids, ids, 0);
    }
    requireReplyNumber(first, dump);
    return new Ids(ids, pair(dump, ids.request, ids.reply), 0);
  }

  private Pair pair(Fields call, int request, int reply) throws SpecException {
    return new Pair(number(call, "request", request), number(call, "reply", reply));
  }

  private int number(Fields call, String direction, int otherwise) throws SpecException {
    Fields layout = call.fields(direction, Keys.LAYOUT);
    return layout == null ? otherwise : layout.counted("value", otherwise, most);
  }

  /** A dump answers with the number of the do, which is none if nothing answers that. */
  private static void requireReplyNumber(Fields doCall, Fields dump) throws SpecException {
    Fields reply = dump.fields("reply", Keys.LAYOUT);
    if (reply != null && !reply.has("value") && !doCall.has("reply")) {
      throw new SpecException(
          reply.place(), "the reply of the dump needs a value, since the do has none");
    }
  }
}
