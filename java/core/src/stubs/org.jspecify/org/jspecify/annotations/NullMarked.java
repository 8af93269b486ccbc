package org.jspecify.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Retained and applicable as the original is, so that the class files are the same. */
@Documented
@Target({
  ElementType.MODULE,
  ElementType.PACKAGE,
  ElementType.TYPE,
  ElementType.METHOD,
  ElementType.CONSTRUCTOR
})
@Retention(RetentionPolicy.RUNTIME)
public @interface NullMarked {}
