//! Problems, planted one kind after the other in orders that have none yet.

use crate::{
    day,
    orders::{Order, QUIET_DAYS, SALE, Workshop},
};

impl Workshop<'_> {
    pub(crate) fn plant(&mut self) {
        self.plant_old_repeats();
        self.plant_old_misses();
        self.plant_recent();
    }

    /// Jobs that were done again: the same car and work within 30 days. The next order of the car is far enough.
    fn plant_old_repeats(&mut self) {
        let mut bases: Vec<usize> =
            (0..self.orders.len()).filter(|&order| self.may_be_repeated(order)).collect();
        for _ in 0..self.planted.repeats - self.planted.repeats_recently {
            let Some(base) = self.dice.draw(&mut bases) else { return };
            let after = self.dice.between(9, 24);
            self.repeat(base, after);
        }
    }

    fn may_be_repeated(&self, index: usize) -> bool {
        let order = &self.orders[index];
        let next = self.orders.get(index + 1).filter(|next| next.car == order.car);
        let free_until = next.map_or(day::plus(self.settings.until, -QUIET_DAYS), |next| next.opened);
        order.kind != SALE && day::plus(order.opened, 60) < free_until
    }

    fn repeat(&mut self, base: usize, after: i64) {
        let first = self.orders[base].clone();
        let repeat = self.kept_order(first.client, first.car, day::plus(first.opened, after));
        let order = &mut self.orders[repeat];
        // Half of them are billed a second time, although the first job was ours.
        let total = order.total.filter(|total| total % 200 == 0).or(Some(0));
        (order.kind, order.total, order.taken) = (first.kind, total, true);
        self.orders[base].taken = true;
    }

    fn plant_old_misses(&mut self) {
        let free = |order: &Order| order.kind != SALE && !order.taken;
        let mut kept: Vec<usize> =
            (0..self.orders.len()).filter(|&order| free(&self.orders[order])).collect();
        for _ in 0..self.planted.kept_late - self.planted.kept_late_recently {
            let Some(order) = self.dice.draw(&mut kept) else { return };
            let late = self.dice.between(1, 6);
            self.finish_late(order, late);
        }
    }

    fn finish_late(&mut self, order: usize, working_days: i64) {
        let order = &mut self.orders[order];
        order.finished = Some(day::plus_working(order.promised, working_days));
        order.taken = true;
    }

    /// The last weeks: what is news, and what is still open.
    fn plant_recent(&mut self) {
        let planted = self.planted;
        for _ in 0..planted.kept_late_recently {
            let order = self.recent(-26, -20, 1, 4);
            let late = self.dice.between(1, 5);
            self.finish_late(order, late);
        }
        for _ in 0..planted.repeats_recently {
            let base = self.recent(-28, -24, 1, 3);
            let after = self.dice.between(7, 9);
            self.repeat(base, after);
        }
        for number in 0..planted.overdue {
            let order = self.recent(-26, -19, 1, 8);
            self.reopen(order);
            if number < planted.overdue_without_owner {
                self.orders[order].advisor = None;
            }
        }
        let today = self.settings.until;
        for ahead in [0, 1, 2].into_iter().cycle().take(planted.due_soon) {
            let order = self.recent(-12, -4, 1, 1);
            self.reopen(order);
            self.orders[order].promised = day::plus_working(today, ahead);
        }
        for _ in 0..planted.open {
            let order = self.recent(-8, -3, 1, 1);
            self.reopen(order);
            self.orders[order].promised = day::plus_working(today, self.dice.between(4, 9));
        }
    }

    /// A kept order of a car that had none lately, opened so many days before `until`.
    fn recent(&mut self, earliest: i64, latest: i64, least: i64, most: i64) -> usize {
        let car = self.dice.draw(&mut self.idle).expect("the settings ask for enough clients");
        let (car, client) = (self.cars[car].id, self.cars[car].client);
        let opened = day::plus(self.settings.until, self.dice.between(earliest, latest));
        let order = self.kept_order(client, car, opened);
        let promised = day::plus_working(self.orders[order].opened, self.dice.between(least, most));
        (self.orders[order].promised, self.orders[order].finished) = (promised, Some(promised));
        order
    }

    fn reopen(&mut self, order: usize) {
        (self.orders[order].finished, self.orders[order].total) = (None, None);
    }
}
