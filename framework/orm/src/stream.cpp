#include <azoth/orm/stream.hpp>

#include "query_run.hpp"
#include "row_statements.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/select.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace azoth::orm::detail {
namespace {

/// The rows behind a key, in the order of keys.
void add_behind(select_node& query, std::span<const node_ptr> columns, std::span<const cell> last) {
    std::vector<node_ptr> any;
    std::vector<node_ptr> same;
    for (std::size_t k = 0; k < columns.size(); ++k) {
        const auto at = bind_of(last[k], static_cast<const column_node&>(*columns[k]).spec->type);
        auto all = same;
        all.emplace_back(make_node<const binary_node>(binary_operator::greater, columns[k], at));
        any.push_back(all.size() == 1 ? all.front() : make_node<const logical_node>(logical_operator::and_, std::move(all)));
        same.emplace_back(make_node<const binary_node>(binary_operator::equal, columns[k], at));
    }
    query.where.push_back(any.size() == 1 ? any.front() : make_node<const logical_node>(logical_operator::or_, std::move(any)));
}

void check_streamable(const select_node& n) {
    if (n.order_by.empty() && !n.limit && !n.offset && n.group_by.empty() && n.having.empty() && n.distinct_on.empty()) return;
    throw_error(errc::misuse,
                "a streamed query goes on from key to key: leave its order, limit and grouping out, or run it with execute() or scalars()");
}

}  // namespace

struct stream_run::state {
    std::shared_ptr<session_place> place;
    bool is_batch{};  ///< one has the session's place, and the session's own core waits
    node_handle<select_node> query;
    std::vector<argument> args;
    const entity_class* of;
    std::size_t size;
    std::vector<node_ptr> key{};
    std::optional<cell_copy> last{};
    bool is_over{};
    int exceptions{std::uncaught_exceptions()};

    /// The session's.
    [[nodiscard]] std::shared_ptr<session_core>& core() const {
        if (place->core) return *place->core;
        throw_error(errc::closed, "the session of a stream has ended: it has to live as long as the stream is read");
    }
    void begin_batch();
    void end_batch();
    void give_back() noexcept {
        is_batch = false;
        *place->core = std::move(place->waiting.back());
        place->waiting.pop_back();
    }
    std::vector<instance*> read();
};

stream_run::stream_run(std::shared_ptr<session_place> place, const node_ptr& query, std::span<const argument> args, const entity_class& of,
                       std::size_t size)
    : state_{new state{
          .place = std::move(place), .query = azoth::detail::copy_of(query), .args = {args.begin(), args.end()}, .of = &of, .size = size}} {
    check_streamable(*state_->query);
    if (size == 0) throw_error(errc::invalid_argument, "a batch of no objects: give stream() a size");
    for (std::size_t c = 0; c < of.table->columns.size(); ++c) {
        if (!of.table->spec(c).primary_key) continue;
        state_->key.push_back(state_->query->items[c].expression);
        state_->query->order_by.push_back(state_->query->items[c].expression);
    }
    state_->query->limit = azoth::detail::make_limit(static_cast<std::int64_t>(size), "stream");
}

void stream_run::state::begin_batch() {
    if (!is_batch) {
        place->waiting.push_back(core());
        is_batch = true;
    }
    core() = std::make_shared<session_core>(*place->waiting.back());
}

void stream_run::state::end_batch() {
    if (!is_batch) return;
    {
        const session_core::entered call{*core()};
        core()->flush();
    }
    if (is_over) give_back();
}

std::vector<instance*> stream_run::state::read() {
    session_core& in = *core();
    const session_core::entered call{in};
    auto next = make_node<select_node>(*query);
    if (last) add_behind(*next, key, last->cells());
    const query_element element{of, false};
    open_query run{in, {node_ptr{next}, args, {}}, {&element, 1}};
    std::vector<instance*> found;
    std::size_t rows = 0;
    for (; run.next(); ++rows)
        if (found.empty() || found.back() != run.entity(0)) found.push_back(run.entity(0));
    run.finish();
    is_over = rows < size;
    if (found.empty()) return found;
    std::vector<cell> at;
    for (const std::size_t c : of->key) at.push_back(found.back()->committed[c]);
    last.emplace(at);
    return found;
}

std::vector<instance*> stream_run::next() {
    state_->end_batch();
    if (state_->is_over) return {};
    state_->begin_batch();
    auto found = state_->read();
    if (found.empty()) state_->end_batch();
    return found;
}

stream_run::~stream_run() {
    if (!state_ || !state_->is_batch || !state_->place->core) return;
    std::shared_ptr<session_core>& place = *state_->place->core;
    std::exception_ptr failure;
    if (std::uncaught_exceptions() == state_->exceptions) {
        try {
            place->flush();
        } catch (...) {
            failure = std::current_exception();
        }
    }
    state_->give_back();
    if (failure) place->fail_later(std::move(failure));
}

}  // namespace azoth::orm::detail
