#pragma once

#include <azoth/engine/argument.hpp>
#include <azoth/engine/row_reader.hpp>
#include <azoth/engine/row_sources.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/sql/text.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace azoth::orm {

namespace detail {

/// A field of a row: an entity, or one value.
struct query_element {
    const entity_class* entity{};  ///< null: a value
    bool can_be_absent{};
};

/// A statement that a session runs, with options beside those that it has itself.
struct query_request {
    node_ptr statement{};
    std::span<const argument> args{};
    std::vector<std::shared_ptr<const statement_option>> options{};
    std::span<const value> key{};  ///< of the row that is wanted; empty: of any
};

struct open_query;

/// Rows that come, their entities being the session's objects.
class AZOTH_API query_run {
public:
    /// A query; an update or delete, with what it does to objects of the session; an insert.
    query_run(session_core& in, const query_request& what, std::span<const query_element> elements);
    /// An insert of many rows.
    query_run(session_core& in, const node_handle<insert_node>& statement, azoth::detail::typed_row_source& rows,
              std::span<const query_element> elements);
    query_run(const query_run&) = delete;
    query_run& operator=(const query_run&) = delete;
    ~query_run();
    bool next();
    [[nodiscard]] instance* entity(std::size_t element);
    [[nodiscard]] const cell* value(std::size_t element) const;
    void finish();
    [[nodiscard]] std::int64_t affected_rows() const noexcept;

private:
    std::unique_ptr<open_query> state_;
};

template <class T>
struct loaded {
    using type = T;
    static query_element element() { return {}; }
    static T read(query_run& from, std::size_t at) {
        T to{};
        value_traits<T>::from_cell(*from.value(at), to);
        return to;
    }
};
template <mapped T>
struct loaded<T> {
    using type = ptr<T>;
    static query_element element() { return {&class_of<T>(), false}; }
    static ptr<T> read(query_run& from, std::size_t at) {
        instance* i = from.entity(at);
        return {i, i ? static_cast<T*>(i->object) : nullptr};
    }
};
template <mapped T>
struct loaded<std::optional<T>> {
    using type = ptr<T>;
    static query_element element() { return {&class_of<T>(), true}; }
    static ptr<T> read(query_run& from, std::size_t at) { return loaded<T>::read(from, at); }
};

[[noreturn]] AZOTH_API void throw_row_count(bool is_none);

/// What a query has found. Owns it.
template <class Row>
class found_rows {
public:
    explicit found_rows(std::vector<Row> rows) noexcept : rows_{std::move(rows)} {}

    [[nodiscard]] auto begin() const noexcept { return rows_.begin(); }
    [[nodiscard]] auto end() const noexcept { return rows_.end(); }
    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }
    [[nodiscard]] const Row& operator[](std::size_t i) const { return rows_.at(i); }

    [[nodiscard]] std::vector<Row> all() && noexcept { return std::move(rows_); }
    [[nodiscard]] const std::vector<Row>& all() const& noexcept { return rows_; }
    /// The only one; none or several throw programming_error (no-rows, multiple-rows).
    [[nodiscard]] Row one() const {
        if (rows_.size() != 1) throw_row_count(rows_.empty());
        return rows_.front();
    }
    [[nodiscard]] std::optional<Row> one_or_none() const {
        if (rows_.size() > 1) throw_row_count(false);
        return first();
    }
    [[nodiscard]] std::optional<Row> first() const { return rows_.empty() ? std::nullopt : std::optional<Row>{rows_.front()}; }

private:
    std::vector<Row> rows_;
};

/// What a statement has written, and what it has returned of that.
template <class Row>
class written_rows : public found_rows<Row> {
public:
    written_rows(std::vector<Row> rows, std::int64_t affected) noexcept : found_rows<Row>{std::move(rows)}, affected_{affected} {}
    /// -1 where the database does not tell.
    [[nodiscard]] std::int64_t affected_rows() const noexcept { return affected_; }

private:
    std::int64_t affected_;
};

/// Reads rows of these fields.
template <class Row>
struct row_loader;
template <class... Ts>
struct row_loader<std::tuple<Ts...>> {
    using row = std::tuple<typename loaded<Ts>::type...>;
    static std::vector<query_element> elements() { return {loaded<Ts>::element()...}; }
    static std::vector<row> all(query_run& run) {
        std::vector<row> rows;
        while (run.next()) [&]<std::size_t... I>(std::index_sequence<I...>) {
                rows.push_back(row{loaded<Ts>::read(run, I)...});
            }
        (std::index_sequence_for<Ts...>{});
        run.finish();
        return rows;
    }
    static auto firsts(query_run& run) {
        using first = loaded<std::tuple_element_t<0, std::tuple<Ts...>>>;
        std::vector<typename first::type> found;
        while (run.next()) found.push_back(first::read(run, 0));
        run.finish();
        return found;
    }
};

template <class Q>
inline constexpr bool is_query_v = requires(const Q& q) {
    q.said();
};
template <class... Ts>
inline constexpr bool is_query_v<select_statement<Ts...>> = true;
template <class... Ts>
inline constexpr bool is_query_v<compound_statement<Ts...>> = true;
template <class... Ts>
inline constexpr bool is_query_v<text_statement<Ts...>> = true;

/// What finds rows and writes none.
template <class Q>
concept object_query = query<Q> && is_query_v<Q>;

template <object_query Q>
query_request request_of(const Q& q, arguments args) {
    query_request request{q.node(), {args.begin(), args.size()}, {}};
    if constexpr (requires { q.said(); }) request.options = q.said();
    return request;
}

}  // namespace detail
}  // namespace azoth::orm
