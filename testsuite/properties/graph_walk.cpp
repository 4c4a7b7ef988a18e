#include "graph_walk.hpp"

#include <algorithm>

namespace properties::graph {

void graph_walk::run() {
    while (from_.left() > 0) {
        ++steps_;
        step();
    }
    sync();
    check(true);
}

void graph_walk::step() {
    switch (from_.pick(32)) {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
        case 5: return create();
        case 6: return rename();
        case 7:
        case 8:
        case 9: return set_parent();
        case 10: return clear_parent();
        case 11: return replace_children();
        case 12:
        case 13:
        case 14: return link();
        case 15:
        case 16: return remove();
        case 17: return take_back_removal();
        case 18:
        case 19: return touch();
        case 20:
        case 21: return query();
        case 22: return refresh();
        case 23: return expunge_and_add();
        case 24: return expunge_all();
        case 25: return start_anew();
        case 26: return commit();
        case 27: return rollback();
        case 28: return begin_nested();
        case 29: return end_nested(true);
        case 30: return end_nested(false);
        default: sync(); return check(from_.one_in(2));
    }
}

void graph_walk::sync() {
    say("flush");
    at_.session().flush();
    now_.flush();
}

void graph_walk::check(bool thorough) {
    const auto wrong = [&](const std::string& what) {
        throw std::runtime_error{fmt::format("{}\nwanted:\n{}", what, now_.text())};
    };
    if (auto stored = at_.stored(); !(stored == now_)) wrong("stored is:\n" + stored.text());
    if (const auto problem = at_.difference(now_, thorough); !problem.empty()) wrong(problem);
    const auto statements = at_.session().statement_count();
    at_.session().flush();
    if (at_.session().statement_count() != statements) wrong("a second flush writes");
}

kind graph_walk::any_child_kind() {
    constexpr std::array children{kind::player, kind::award, kind::badge, kind::folder};
    return children[from_.pick(4)];
}

// reading

void graph_walk::touch() {
    const kind k = any_kind();
    const int number = any(k);
    if (number < 0) return;
    say("touch {} {}", name_of(k), number);
    with_class(k, [&](auto t) {
        using T = typename decltype(t)::type;
        const auto& object = at_.of<T>(number);
        if constexpr (has_upward<T>) (void)static_cast<bool>((*object).*upward<T>::up);
        if constexpr (std::is_same_v<T, Team>) {
            (void)object->players.size();
            (void)object->awards.size();
            (void)static_cast<bool>(object->badge);
        } else if constexpr (std::is_same_v<T, Player>) {
            (void)object->skills.size();
        } else if constexpr (std::is_same_v<T, Folder>) {
            (void)object->children.size();
        } else if constexpr (std::is_same_v<T, Skill>) {
            (void)object->players.size();
        }
    });
    sync();
    check(false);
}

void graph_walk::query() {
    const kind k = any_kind();
    say("query {}", name_of(k));
    std::set<int> found;
    with_class(k, [&](auto t) {
        using T = typename decltype(t)::type;
        for (const auto& o : at_.session().scalars(az::select<T>())) {
            found.insert(o->number);
            if (const auto& known = at_.of<T>(o->number); known && !(known == o))
                throw std::runtime_error{fmt::format("{} {} is two objects", name_of(k), o->number)};
        }
    });
    sync();
    const auto expected = now_.of(k);
    if (found != std::set<int>(expected.begin(), expected.end()))
        throw std::runtime_error{fmt::format("a query finds {} of {}", found.size(), expected.size())};
    check(false);
}

void graph_walk::refresh() {
    sync();
    const kind k = any_kind();
    const int number = any(k);
    if (number < 0) return;
    say("refresh {} {}", name_of(k), number);
    with_class(k, [&](auto t) { at_.session().refresh(at_.of<typename decltype(t)::type>(number)); });
    check(false);
}

// the session

void graph_walk::expunge_and_add() {
    sync();
    const kind k = any_kind();
    const int number = any(k);
    if (number < 0) return;
    say("expunge {} {}, add it", name_of(k), number);
    with_class(k, [&](auto t) {
        const auto& object = at_.of<typename decltype(t)::type>(number);
        at_.session().expunge(object);
        if (at_.session().state_of(object) != orm::object_state::detached) throw std::runtime_error{"what was expunged is not detached"};
        at_.session().add(object);
    });
    check(from_.one_in(2));
}

void graph_walk::expunge_all() {
    sync();
    const unsigned way = from_.pick(4);
    say("expunge all, read again ({})", way);
    at_.forget_handles();
    at_.session().expunge_all();
    has_forgotten_ = true;
    at_.reload(way, now_);
    check(false);
}

void graph_walk::start_anew() {
    if (!nested_.empty()) return;
    commit();
    const unsigned way = from_.pick(4);
    say("a new session ({})", way);
    at_.start_anew();
    at_.reload(way, now_);
    check(false);
}

// transactions

void graph_walk::commit() {
    if (!nested_.empty()) return;
    say("commit");
    at_.session().commit();
    now_.flush();
    saved_ = {now_};
    has_forgotten_ = false;
    for (const kind k : kinds)
        with_class(k, [&](auto t) { std::erase_if(at_.all<typename decltype(t)::type>(), [&](const auto& h) { return !now_.has(h.first); }); });
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
                    throw std::runtime_error{fmt::format("{} {} is still {}", name_of(k), number, to_string(at_.session().state_of(object)))};
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
