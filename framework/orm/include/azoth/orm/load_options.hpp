#pragma once

#include <azoth/orm/relation_path.hpp>

#include <concepts>
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

/// How a query loads relations: `.options(selectinload<&Order::lines>)`; of a path: `selectinload<&Order::lines, &Line::product>`, and
/// where its steps are loaded in different ways `selectinload<&Order::lines>.then(joinedload<&Line::product>)`.
struct load_path final : statement_option {
    std::vector<detail::load_step> steps{};
};

/// What holds for all that a query loads.
struct load_mode final : statement_option {
    bool overwrites{};  ///< objects that the session has are read again
    bool raises{};      ///< relations that the query does not name are never loaded
};

namespace detail {
/// The one, and what it leads to by the other.
AZOTH_API std::shared_ptr<const load_path> path_through(const load_path& first, const load_path& then);

template <loading How, auto... Members>
const std::shared_ptr<const load_path>& path_of() {
    static const std::shared_ptr<const load_path> path = [] {
        auto made = std::make_shared<load_path>();
        (made->steps.push_back({name_of_member<Members>(), How}), ...);
        return made;
    }();
    return path;
}
template <auto First, auto... More>
struct ends_of {
    using owner = typename related<First>::owner;
    using target = typename ends_of<More...>::target;
};
template <auto Only>
struct ends_of<Only> {
    using owner = typename related<Only>::owner;
    using target = typename related<Only>::target;
};

/// A path from a struct to another, which others can go on from.
template <class From, class To>
struct path_option {
    using owner = From;
    using target = To;
    std::shared_ptr<const load_path> made;

    [[nodiscard]] std::shared_ptr<const statement_option> option() const { return made; }
    template <class Next>
    [[nodiscard]] auto then(const Next& next) const {
        static_assert(std::derived_from<To, typename Next::owner> || std::derived_from<typename Next::owner, To>,
                      "azoth: then() goes on from the struct that the path has led to");
        return path_option<From, typename Next::target>{path_through(*made, *next.path())};
    }
    [[nodiscard]] const std::shared_ptr<const load_path>& path() const noexcept { return made; }
};

template <loading How, auto... Members>
struct load_option : ends_of<Members...> {
    static_assert((related<Members>::is_loadable && ...), "azoth: a write_only collection is never loaded: run what its select() gives");
    [[nodiscard]] std::shared_ptr<const statement_option> option() const { return path(); }
    [[nodiscard]] static const std::shared_ptr<const load_path>& path() { return path_of<How, Members...>(); }
    /// What the path leads to is loaded by the next one.
    template <class Next>
    [[nodiscard]] auto then(const Next& next) const {
        return path_option<typename load_option::owner, typename load_option::target>{path()}.then(next);
    }
};

template <auto... Members>
struct contains_option : ends_of<Members...> {
    static_assert((related<Members>::is_loadable && ...), "azoth: a write_only collection is never loaded: run what its select() gives");
    using whole = path_option<typename ends_of<Members...>::owner, typename ends_of<Members...>::target>;
    [[nodiscard]] std::shared_ptr<const statement_option> option() const { return path(); }
    [[nodiscard]] static std::shared_ptr<const load_path> path() { return made({}); }
    /// Where the query has the last of them under another name.
    template <class E>
    [[nodiscard]] whole of(const E& alias) const {
        check_side<E, typename whole::target>();
        return {made(side_of(alias))};
    }
    template <class Next>
    [[nodiscard]] auto then(const Next& next) const {
        return whole{path()}.then(next);
    }

private:
    static std::shared_ptr<const load_path> made(query_side last) {
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
/// themselves count (DISTINCT, grouping, locks) all relations, are loaded as by selectinload; so are those of compounds and of text. Behind
/// a path of another kind relations to one object are joined to that one's query, and collections loaded as by selectinload.
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
