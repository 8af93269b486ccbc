package dev.jgenl.test;

import org.junit.jupiter.api.Tag;

/** The same on the kernel of the virtual machine. */
@Tag("vm")
class TaskStatsExitVmIT extends TaskStatsExitIT {}
