/**
 * Recordings of netlink: datagrams in files, from wherever they come.
 *
 * <p>{@link dev.jgenl.capture.Recorder} writes down what a client sends and receives, with {@link
 * dev.jgenl.capture.PcapWriter}, in a file that Wireshark opens. {@link
 * dev.jgenl.capture.CaptureReader} reads such files, those of the kernel's device {@code nlmon},
 * the output of {@code strace}, and hexadecimal digits. It trusts none of them.
 *
 * <pre>{@code
 * ByteArrayOutputStream file = new ByteArrayOutputStream();
 * PcapWriter writer = PcapWriter.open(file);
 * Recorder recorder = new Recorder(Genl.sockets(NetlinkOptions.DEFAULTS), writer);
 * try (Genl genl = Genl.open(NetlinkOptions.DEFAULTS, recorder)) {
 *   genl.family("ethtool");
 * }
 * writer.close();
 * try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()))) {
 *   System.out.println(reader.next().protocol());
 * }
 * }</pre>
 */
@NullMarked
package dev.jgenl.capture;

import org.jspecify.annotations.NullMarked;
