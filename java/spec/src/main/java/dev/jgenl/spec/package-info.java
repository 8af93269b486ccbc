/** Every family of netlink by name: values, and a client that sends and receives them. */
@NullMarked
package dev.jgenl.spec;

import org.jspecify.annotations.NullMarked;
