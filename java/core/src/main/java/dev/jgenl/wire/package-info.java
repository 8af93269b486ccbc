/**
 * The codec: netlink headers and attributes in byte buffers. It does no I/O and knows no family.
 *
 * <p>A message of Generic Netlink, as {@code include/uapi/linux/netlink.h} and {@code genetlink.h}
 * of the kernel define it:
 *
 * <pre>
 *  0               4       6       8              12              16
 * +---------------+-------+-------+---------------+---------------+
 * | length        | type  | flags | sequence      | port ID       |  nlmsghdr
 * +---+---+-------+-------+-------+---------------+---------------+
 * |cmd|ver|   0   |                                                  genlmsghdr
 * +---+---+-------+
 * | len   | type  | payload ... padded to 4 bytes                    nlattr, any number
 * +-------+-------+
 * </pre>
 *
 * <pre>{@code
 * int controller = 16; // GENL_ID_CTRL of linux/genetlink.h
 * int getFamily = 3; // CTRL_CMD_GETFAMILY
 * int familyName = 2; // CTRL_ATTR_FAMILY_NAME
 * MessageWriter writer = new MessageWriter(ByteBuffer.allocate(64).order(ByteOrder.nativeOrder()));
 * writer.begin(controller, NetlinkConstants.NLM_F_REQUEST, 1, 0, getFamily, 2).putString(familyName, "x");
 * writer.end();
 * int start = NetlinkConstants.NLMSG_HDRLEN + NetlinkConstants.GENL_HDRLEN;
 * System.out.print(Attributes.of(writer.buffer(), start, writer.length()));
 * }</pre>
 *
 * <p>All numbers are in the byte order of the buffer, which for a kernel is {@link
 * java.nio.ByteOrder#nativeOrder()}; accessors whose name says {@code Be} are big-endian on every
 * machine.
 *
 * <p>Whoever talks to a family meets {@link Attributes}, whose documentation says what is checked
 * and when, {@link Attribute} and {@link AttributeWriter}. {@link MessageReader}, {@link
 * MessageWriter} and {@link Lease} are for those who send and receive datagrams themselves.
 */
@NullMarked
package dev.jgenl.wire;

import org.jspecify.annotations.NullMarked;
