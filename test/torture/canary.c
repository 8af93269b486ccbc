// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Makes one fault on purpose, which the kernel has to see; never stays loaded. */
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static char *fault = "";
module_param(fault, charp, 0);

static DEFINE_MUTEX(canary_first);
static DEFINE_MUTEX(canary_second);
static DEFINE_SPINLOCK(canary_spinlock);
static int canary_array[4];

/* The compiler must not see through any of it. */
static volatile size_t canary_four = 4;

static void canary_sleep(void)
{
	spin_lock(&canary_spinlock);
	might_sleep();
	spin_unlock(&canary_spinlock);
}

static void canary_order(void)
{
	mutex_lock(&canary_first);
	mutex_lock(&canary_second);
	mutex_unlock(&canary_second);
	mutex_unlock(&canary_first);

	mutex_lock(&canary_second);
	mutex_lock(&canary_first);
	mutex_unlock(&canary_first);
	mutex_unlock(&canary_second);
}

static void canary_list(void)
{
	LIST_HEAD(head);
	struct list_head entry;

	list_add(&entry, &head);
	list_del(&entry);
	list_del(&entry);
}

static void canary_index(void)
{
	canary_array[canary_four] = 1;
}

static void canary_overflow(void)
{
	char *memory = kmalloc(canary_four, GFP_KERNEL);

	if (!memory)
		return;
	((volatile char *)memory)[canary_four] = 1;
	kfree(memory);
}

static void canary_leak(void)
{
	unsigned int i;

	/* Some stay on a stack or in a register for a while, not all. */
	for (i = 0; i < 16; i++)
		(void)kmalloc(64, GFP_KERNEL);
}

static const struct {
	const char *name;
	void (*make)(void);
} canary_faults[] = {
	{ "sleep", canary_sleep },
	{ "order", canary_order },
	{ "list", canary_list },
	{ "index", canary_index },
	{ "overflow", canary_overflow },
	{ "leak", canary_leak },
};

static int __init canary_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(canary_faults); i++) {
		if (!strcmp(fault, canary_faults[i].name)) {
			canary_faults[i].make();
			return -ECANCELED;
		}
	}
	return -EINVAL;
}
module_init(canary_init);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Faults on purpose, for a kernel with sanitizers");
