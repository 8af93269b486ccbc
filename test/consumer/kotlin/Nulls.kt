// What nullness forbids: each line is an error.
import dev.jgenl.families.ethtool.Header
import dev.jgenl.families.rtlink.GetlinkReply
import dev.jgenl.families.rtlink.RtLink
import dev.jgenl.spec.typed.TypedDump

fun next(dump: TypedDump<GetlinkReply>): GetlinkReply = dump.next()

fun named(header: Header.Builder) = header.devName(null as String?)

fun open(links: RtLink) = links.getlink(null as dev.jgenl.families.rtlink.GetlinkRequest?)
