// What a walk does with transactions.
#include "graph_walk.hpp"

#include <algorithm>

namespace properties::graph {

void graph_walk::commit() {
    if (!nested_.empty()) return;
    say("commit");
    at_.session().commit();
    now_.flush();
    saved_ = {now_};
    has_forgotten_ = false;
    for (const kind k : kinds)
        with_class(
            k, [&](auto t) { std::erase_if(at_.all<typename decltype(t)::type>(), [&](const auto& h) { return !now_.has(h.first); }); });
    check(false);
}

void graph_walk::back_to(const world& before) {
    now_ = before;
    // A deleted one can come back by a rollback further out.
    const auto is_gone = [&](int number) {
        return !now_.has(number) && std::ranges::none_of(saved_, [&](const world& w) { return w.has(number); });
    };
    for (const kind k : kinds)
        with_class(k, [&](auto t) {
            using T = typename decltype(t)::type;
            for (auto& [number, object] : at_.all<T>())
                if (!now_.has(number) && !has_forgotten_ && at_.session().contains(object))
                    throw std::runtime_error{
                        fmt::format("{} {} is still {}", name_of(k), number, to_string(at_.session().state_of(object)))};
            std::erase_if(at_.all<T>(), [&](const auto& h) { return is_gone(h.first); });
        });
    if (has_forgotten_) {
        at_.forget_handles();
        at_.session().expunge_all();
        at_.reload(0, now_);
    }
    check(from_.one_in(2));
}

void graph_walk::rollback() {
    say("rollback");
    at_.session().rollback();
    nested_.clear();
    saved_.resize(1);
    back_to(saved_.front());
    has_forgotten_ = false;
}

void graph_walk::begin_nested() {
    if (nested_.size() == 3) return;
    say("savepoint");
    nested_.push_back(at_.session().begin_nested());
    now_.flush();
    saved_.push_back(now_);
}

void graph_walk::end_nested(bool keep) {
    if (nested_.empty()) return;
    say("{} savepoint", keep ? "release" : "rollback to");
    auto inner = std::move(nested_.back());
    nested_.pop_back();
    const world before = saved_.back();
    saved_.pop_back();
    if (!keep) {
        inner.rollback();
        return back_to(before);
    }
    inner.commit();
    now_.flush();
    check(false);
}

}  // namespace properties::graph
