#pragma once

#include <azoth/orm/relation_path.hpp>

#include <memory>
#include <vector>

namespace azoth::orm {

namespace detail {
/// A relation of a query's entities, and relations of what that leads to.
struct load_step {
    member_name relation{};
    loading how{};
    bool is_contained{};  ///< the query itself has the source that it leads to
    query_side source{};  ///< ... under this name; empty: the struct's table
};
}  // namespace detail

/// How a query loads relations: `.options(selectinload<&Order::lines>)`; of a path: `selectinload<&Order::lines, &Line::product>`.
struct load_path final : statement_option {
    std::vector<detail::load_step> steps{};
};

/// What holds for all that a query loads.
struct load_mode final : statement_option {
    bool overwrites{};  ///< objects that the session has are read again
    bool raises{};      ///< relations that the query does not name are never loaded
};

namespace detail {
template <loading How, auto... Members>
std::shared_ptr<const statement_option> path_of() {
    static const std::shared_ptr<const statement_option> path = [] {
        auto made = std::make_shared<load_path>();
        (made->steps.push_back({name_of_member<Members>(), How}), ...);
        return made;
    }();
    return path;
}
template <loading How, auto... Members>
struct load_option {
    static_assert((related<Members>::is_loadable && ...), "azoth: a write_only collection is never loaded: run what its select() gives");
    [[nodiscard]] std::shared_ptr<const statement_option> option() const { return path_of<How, Members...>(); }
};

struct contained_option {
    std::shared_ptr<const statement_option> made;
    [[nodiscard]] const std::shared_ptr<const statement_option>& option() const noexcept { return made; }
};

template <auto Last, auto... More>
struct last_member : last_member<More...> {};
template <auto Last>
struct last_member<Last> {
    using target = typename related<Last>::target;
};

template <auto... Members>
struct contains_option {
    static_assert((related<Members>::is_loadable && ...), "azoth: a write_only collection is never loaded: run what its select() gives");
    [[nodiscard]] std::shared_ptr<const statement_option> option() const { return made({}); }
    /// Where the query has the last of them under another name.
    template <class E>
    [[nodiscard]] contained_option of(const E& alias) const {
        check_side<E, typename last_member<Members...>::target>();
        return {made(side_of(alias))};
    }

private:
    static std::shared_ptr<const statement_option> made(query_side last) {
        auto path = std::make_shared<load_path>();
        (path->steps.push_back({name_of_member<Members>(), loading::joined, true, {}}), ...);
        path->steps.back().source = std::move(last);
        return path;
    }
};

template <bool Overwrites, bool Raises>
struct mode_option {
    [[nodiscard]] std::shared_ptr<const statement_option> option() const {
        static const std::shared_ptr<const statement_option> mode = [] {
            auto made = std::make_shared<load_mode>();
            made->overwrites = Overwrites;
            made->raises = Raises;
            return made;
        }();
        return mode;
    }
};
}  // namespace detail

/// By a second query for all objects of the first, right behind it.
template <auto... Members>
inline constexpr detail::load_option<loading::selectin, Members...> selectinload{};
/// By the same query, with a LEFT JOIN: relations to one object, and collections, whose rows are put together so that each object comes
/// once. A query with a limit, DISTINCT, grouping or row locks would mean something else then: its collections, and where the columns
/// themselves count (DISTINCT, grouping, locks) all relations, are loaded as by selectinload; so are those of compounds and of text.
template <auto... Members>
inline constexpr detail::load_option<loading::joined, Members...> joinedload{};
/// By a second query, which finds the objects by the first one as a subquery in place of their keys. Where that one groups its rows or
/// takes each once, where keys are composite, and behind the first step of a path: as by selectinload.
template <auto... Members>
inline constexpr detail::load_option<loading::subquery, Members...> subqueryload{};
/// Right behind the objects, as touching would.
template <auto... Members>
inline constexpr detail::load_option<loading::immediate, Members...> immediateload{};
/// When it is touched, for all objects of the query together, whatever the mapping says.
template <auto... Members>
inline constexpr detail::load_option<loading::lazy, Members...> lazyload{};
/// Never: touching it throws interface_error (misuse).
template <auto... Members>
inline constexpr detail::load_option<loading::raise, Members...> raiseload{};
/// Never: it is empty.
template <auto... Members>
inline constexpr detail::load_option<loading::none, Members...> noload{};
/// By the rows of the query, which has joined what the relations lead to; their columns are added to those that it selects:
/// `select<Author>().join(along<&Author::books>).where(...).options(contains_eager<&Author::books>)`. Collections hold what the query
/// has found, and each object comes once. Of an alias: `contains_eager<&Author::books>.of(b)`.
template <auto... Members>
inline constexpr detail::contains_option<Members...> contains_eager{};

/// Relations that no other option of the query names are never loaded: touching them throws interface_error (misuse).
inline constexpr detail::mode_option<false, true> raiseload_all{};
/// Objects that the session has already are read again, and changes to them that have not been flushed are lost. So it is anyway in a
/// query that locks rows.
inline constexpr detail::mode_option<true, false> populate_existing{};

}  // namespace azoth::orm
