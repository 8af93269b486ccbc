package dev.jgenl.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jgenl.spec.compiler.JavaGenerator;
import dev.jgenl.spec.compiler.typed.GeneratedView;
import dev.jgenl.spec.model.Family;
import dev.jgenl.spec.typed.TypedValue;
import dev.jgenl.wire.Bitfield32;
import dev.jgenl.wire.MacAddress;
import dev.jgenl.wire.MalformedMessageException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A generated class: tests cannot name one, since without specs there is none.
 *
 * @param view what is known of it
 */
record Reflected(GeneratedView view) {

  private static final Consumer<Object> NOTHING = builder -> {};

  static String packageName(Family family) {
    return JavaGenerator.of("dev.jgenl.families").packageName(family);
  }

  private Class<?> type() {
    try {
      return Class.forName(view.className());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  TypedValue of(NestValue value) {
    return (TypedValue) call(method(type(), "of", NestValue.class), null, value);
  }

  Object show(TypedValue typed, String accessor) {
    return call(method(type(), accessor), typed);
  }

  private static Method method(Class<?> type, String name, Class<?>... parameters) {
    try {
      return type.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static Object call(Method method, Object on, Object... arguments) {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof MalformedMessageException malformed) {
        throw malformed;
      }
      throw new AssertionError(method + " of " + on, e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns what an accessor shows: nothing, one thing, or many. */
  static List<Object> elements(Object shown) {
    if (shown instanceof OptionalInt number) {
      return number.isPresent() ? List.of(number.getAsInt()) : List.of();
    } else if (shown instanceof OptionalLong number) {
      return number.isPresent() ? List.of(number.getAsLong()) : List.of();
    } else if (shown instanceof Optional<?> optional) {
      return optional.<List<Object>>map(List::of).orElse(List.of());
    } else if (shown instanceof List<?> list) {
      return List.copyOf(list);
    }
    return Boolean.FALSE.equals(shown) ? List.of() : List.of(shown);
  }

  /** Returns what the dynamic client has of that; an address may be a number there. */
  static Value value(Object element, Value like) {
    if (element instanceof InetAddress address && like instanceof NumberValue) {
      return NumberValue.of(address);
    } else if (element instanceof Bitfield32 bits) {
      return Value.of(
          Map.of(
              "value", Integer.toUnsignedLong(bits.value()),
              "selector", Integer.toUnsignedLong(bits.selector())));
    } else if (element instanceof Number
        || element instanceof String
        || element instanceof Boolean
        || element instanceof InetAddress
        || element instanceof InetSocketAddress
        || element instanceof MacAddress
        || element instanceof UUID) {
      return Value.of(element);
    }
    return (Value) call(method(element.getClass(), "toValue"), element);
  }

  /** Builds what a view shows, and adds the names of what was set. */
  TypedValue rebuild(TypedValue typed, Set<String> set) {
    Object builder = call(method(type(), "builder"), null);
    if (hasHeader()) {
      Object header = call(method(type(), "header"), typed);
      call(method(builder.getClass(), "header", header.getClass()), builder, header);
    }
    for (String accessor : view.accessors().keySet()) {
      Object shown = show(typed, accessor);
      if (!elements(shown).isEmpty()) {
        Object argument = shown instanceof List ? shown : elements(shown).get(0);
        call(setter(builder.getClass(), accessor, argument), builder, argument);
        set.add(accessor);
      }
    }
    return (TypedValue) call(method(builder.getClass(), "build"), builder);
  }

  /** Whether the struct in front is shown as one. */
  boolean hasHeader() {
    return view.header().isPresent()
        && !view.accessors().containsKey("header")
        && Arrays.stream(type().getMethods())
            .anyMatch(m -> m.getName().equals("header") && m.getParameterCount() == 0);
  }

  private static Method setter(Class<?> builder, String name, Object argument) {
    return setters(builder)
        .filter(m -> m.getName().equals(name) && m.getParameterCount() == 1)
        .filter(m -> boxed(m.getParameterTypes()[0]).isInstance(argument))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no " + name + " of " + builder + " takes " + argument));
  }

  private static Stream<Method> setters(Class<?> builder) {
    return Arrays.stream(builder.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()) && m.getReturnType() == builder)
        .filter(m -> !m.isSynthetic());
  }

  private static Class<?> boxed(Class<?> type) {
    return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0).getClass() : type;
  }

  /** Calls each setter, which has to set what is shown. */
  void trySetters() {
    Class<?> builderType = call(method(type(), "builder"), null).getClass();
    setters(builderType)
        .forEach(
            setter -> {
              Object[] arguments =
                  Arrays.stream(setter.getParameterTypes()).map(Reflected::sample).toArray();
              if (Arrays.asList(arguments).contains(null)) {
                return;
              }
              Object builder = call(method(type(), "builder"), null);
              call(setter, builder, arguments);
              TypedValue built = (TypedValue) call(method(builderType, "build"), builder);
              boolean nothing = arguments[0] instanceof Collection<?>;
              assertThat(elements(show(built, setter.getName())).isEmpty())
                  .as(setter.toString())
                  .isEqualTo(nothing);
            });
  }

  /** Calls each setter of what may be null with that, which it has to tell by its name. */
  void tryNull() {
    setters(call(method(type(), "builder"), null).getClass())
        .filter(setter -> !setter.getParameterTypes()[0].isPrimitive())
        .forEach(
            setter -> {
              Object[] arguments = new Object[setter.getParameterCount()];
              Object builder = call(method(type(), "builder"), null);
              assertThatThrownBy(() -> setter.invoke(builder, arguments))
                  .as(setter.toString())
                  .cause()
                  .isInstanceOf(NullPointerException.class)
                  .hasMessage(setter.getName());
            });
  }

  /** Returns something of a type; null of names of numbers, which other setters make. */
  private static Object sample(Class<?> type) {
    if (type == int.class) {
      return 7;
    } else if (type == long.class) {
      return 7L;
    } else if (type == boolean.class) {
      return true;
    } else if (type == byte[].class) {
      return new byte[] {1, 2, 3, 4, 5, 6};
    } else if (type == String.class) {
      return "text";
    } else if (type == Consumer.class) {
      return NOTHING;
    } else if (type == Collection.class) {
      return List.of();
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0];
    } else if (type.isArray()) {
      return type.getComponentType().getEnumConstants();
    }
    return isView(type) ? call(method(empty(type), "of", Consumer.class), null, NOTHING) : null;
  }

  private static boolean isView(Class<?> type) {
    return TypedValue.class.isAssignableFrom(type) || type.isSealed();
  }

  /** Returns a view, or the first format of what is selected. */
  private static Class<?> empty(Class<?> type) {
    return type.isSealed() ? type.getPermittedSubclasses()[0] : type;
  }
}
