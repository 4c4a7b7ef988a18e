#pragma once

#include "byte_source.hpp"
#include "graph_session.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace properties::graph {

/// Steps that the choices make, each done to a session and to the model, and checked.
class graph_walk {
public:
    graph_walk(az::engine on, byte_source& from) : from_{from}, at_{std::move(on)} {}

    /// Throws std::runtime_error where session, database and model do not agree.
    void run();
    [[nodiscard]] const std::string& log() const noexcept { return log_; }
    [[nodiscard]] std::size_t steps() const noexcept { return steps_; }

private:
    void step();
    void check(bool thorough);

    // objects
    void create();
    void rename();
    void set_parent();
    void clear_parent();
    void replace_children();
    void set_column();
    void link();
    void remove();
    void take_back_removal();
    void replace();
    // reading
    void touch();
    void query();
    void refresh();
    // the session
    void fail();
    void expunge_and_add();
    void expunge_all();
    void start_anew();
    // transactions
    void commit();
    void rollback();
    void begin_nested();
    void end_nested(bool keep);

    template <class T>
    void relate(int child, int parent, bool from_above);
    template <class T>
    void unrelate(int child, bool from_above);
    /// Session and model flush.
    void sync();
    /// Flushes where a change from the parent's side would read the relation first, and with that flush at a moment the model does not
    /// know.
    void sync_where_unloaded(kind child, int parent);
    void back_to(const world& before);
    [[nodiscard]] int pick(const std::vector<int>& of) { return of.empty() ? -1 : of[from_.pick(static_cast<unsigned>(of.size()))]; }
    [[nodiscard]] int any(kind k) { return pick(now_.of(k)); }
    [[nodiscard]] kind any_kind() { return kinds[from_.pick(static_cast<unsigned>(kinds.size()))]; }
    [[nodiscard]] kind any_child_kind();
    template <class... As>
    void say(fmt::format_string<As...> text, As&&... args) {
        log_ += fmt::format(text, std::forward<As>(args)...) + '\n';
    }

    byte_source& from_;
    graph_session at_;
    world now_{};
    std::vector<world> saved_{{}};  ///< the committed one, then one a savepoint
    std::vector<orm::nested_transaction> nested_{};
    bool has_forgotten_{};  ///< objects in this transaction: a rollback does not put those back
    int last_number_{};
    std::size_t steps_{};
    std::string log_{};
};

}  // namespace properties::graph
