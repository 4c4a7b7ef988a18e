#include "graph_walk.hpp"

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
    switch (from_.pick(37)) {
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
        case 31: return set_column();
        case 32: return fail();
        case 33: return replace();
        default: sync(); return check(from_.one_in(2));
    }
}

void graph_walk::sync() {
    say("flush");
    at_.session().flush();
    now_.flush();
}

void graph_walk::check(bool thorough) {
    const auto wrong = [&](const std::string& what) { throw std::runtime_error{fmt::format("{}\nwanted:\n{}", what, now_.text())}; };
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

/// A second skill with the key of another one: whatever the flush has done before it fails is taken back.
void graph_walk::fail() {
    const int number = any(kind::skill);
    if (number < 0) return;
    const auto& first = at_.of<Skill>(number);
    if (at_.session().state_of(first) != orm::object_state::persistent) return;
    say("a second skill like {}: flush fails", number);
    auto second = at_.session().add(Skill{.kind = first->kind, .level = first->level});
    bool has_failed = false;
    try {
        at_.session().flush();
    } catch (const az::unique_violation&) {
        has_failed = true;
    }
    if (!has_failed) throw std::runtime_error{"a key was inserted twice"};
    at_.session().expunge(second);
}

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

}  // namespace properties::graph
