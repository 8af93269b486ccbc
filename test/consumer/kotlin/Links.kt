// What a user of typed families writes in Kotlin.
import dev.jgenl.families.ethtool.Ethtool
import dev.jgenl.families.ethtool.FeaturesGetReply
import dev.jgenl.families.ethtool.HeaderFlags
import dev.jgenl.families.rtlink.GetlinkReply
import dev.jgenl.families.rtlink.IfinfoFlags
import dev.jgenl.families.rtlink.LinkinfoData
import dev.jgenl.families.rtlink.RtLink

fun main() {
    RtLink.open().use { links ->
        links.getlinkDump().use { dump ->
            val first: GetlinkReply? = dump.next()
            println(first?.ifname()?.orElse("no name") ?: "no links")
        }
        for (link in links.getlinkDump()) {
            val name: String = link.ifname().orElseThrow()
            val up: Boolean = link.header().ifiFlags().has(IfinfoFlags.UP)
            val kind: String =
                when (val data: LinkinfoData? = link.linkinfo().flatMap { it.data() }.orElse(null)) {
                    is LinkinfoData.Bridge -> "bridge of ${data.fdbNLearned()}"
                    is LinkinfoData.Unknown -> "${data.selector()} ${data.toValue()}"
                    null -> "none"
                    else -> data.javaClass.simpleName
                }
            println("rt-link $name up $up kind $kind")
        }
    }
    Ethtool.open().use { ethtool ->
        val features: FeaturesGetReply =
            ethtool.featuresGet { r -> r.header { it.devName("lo").flags(HeaderFlags.COMPACT_BITSETS) } }
        val size: Long = features.hw().orElseThrow().size().asLong
        println("ethtool ${features.header().orElseThrow().devName().get()} ${size > 10}")
    }
}
