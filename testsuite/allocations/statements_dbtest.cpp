// A statement that has run before is run again without a heap allocation of the framework's: operator new is counted, which the client
// libraries, written in C, do not call.
#include <azoth/azoth.hpp>

#include <support/test_servers.hpp>

#include <catch2/catch.hpp>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

namespace {

std::atomic<std::size_t> allocations{};

}  // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc{};
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++allocations;
    return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

namespace az = azoth;

struct counted {
    std::int64_t id{};
    double size{};
    std::optional<std::int64_t> stock{};
};

}  // namespace

template <>
struct azoth::mapping<counted> {
    static azoth::table_map<counted> map() {
        return azoth::table_map<counted>("counted_allocations")
            .column<&counted::id>(azoth::primary_key, azoth::not_generated)
            .column<&counted::size>()
            .column<&counted::stock>();
    }
};

namespace {

using az::col;
constexpr std::int64_t rows = 100;

enum class results : unsigned char { none, rows };

/// Each database under test, with a table of a hundred rows; `run(connection)` is called in a transaction.
template <class F>
void with_each(results of, F&& run) {
    std::vector<std::string> urls = support::test_urls();
    // Connector/C++ is C++ itself, and makes its result sets on the heap.
    const auto left_out = [&](const std::string& url) { return of == results::rows && url.starts_with("mysql+connector"); };
    if (std::erase_if(urls, left_out) > 0) WARN("skipped on mysql+connector: its client library allocates each result by operator new");
    if (urls.empty()) WARN("skipped on servers: AZOTH_TEST_URLS names none");
    urls.emplace_back("sqlite://");
    for (const auto& url : urls) {
        INFO(url.substr(0, url.find(':')));
        const az::engine engine = az::create_engine(url, {.log = nullptr});
        const auto table = az::metadata_of<counted>();
        table.drop_all(engine);
        table.create_all(engine);
        {
            auto c = engine.connect();
            std::vector<counted> all;
            for (std::int64_t i = 0; i < rows; ++i)
                all.push_back({i, static_cast<double>(i) / 2, i % 3 == 0 ? std::nullopt : std::optional{i}});
            c.execute(az::insert<counted>(), all);
            run(c);
            c.commit();
        }
        table.drop_all(engine);
    }
}

/// How often operator new is called when `work` runs the 21st to the 120th time.
template <class F>
std::size_t allocations_of(F&& work) {
    for (std::int64_t i = 0; i < 20; ++i) work(i);
    const std::size_t before = allocations;
    for (std::int64_t i = 0; i < 100; ++i) work(i);
    return allocations - before;
}

}  // namespace

TEST_CASE("allocations: the counter counts") {
    const std::size_t before = allocations;
    const std::vector<int> some(10);
    CHECK(some.size() == 10);
    CHECK(allocations > before);
}

TEST_CASE("allocations: a query of one row that is kept and run again") {
    with_each(results::rows, [](az::connection& c) {
        const auto query = az::select<counted>().where(col<&counted::id> == az::param<std::int64_t>("id"));
        double sum = 0;
        CHECK(allocations_of([&](std::int64_t i) { sum += c.scalar(query, {{"id", i % rows}}).size; }) == 0);
        CHECK(sum > 0);
    });
}

TEST_CASE("allocations: a query of many rows, read row by row") {
    with_each(results::rows, [](az::connection& c) {
        const auto query = az::select(col<&counted::id>, col<&counted::stock>).where(col<&counted::id> < az::param<std::int64_t>("below"));
        std::int64_t sum = 0;
        CHECK(allocations_of([&](std::int64_t) {
                  for (const auto& [id, stock] : c.execute(query, {{"below", rows / 2}})) sum += id + stock.value_or(0);
              }) == 0);
        CHECK(sum > 0);
    });
}

TEST_CASE("allocations: what libazoth allocates is counted too") {
    with_each(results::none, [](az::connection& c) {
        const std::size_t before = allocations;
        (void)c.execute(az::update<counted>().set(col<&counted::size>, 1.5).where(col<&counted::id> == 1));
        CHECK(allocations > before);
    });
}

TEST_CASE("allocations: an update that is kept and run again") {
    with_each(results::none, [](az::connection& c) {
        const auto change = az::update<counted>()
                                .set(col<&counted::size>, az::param<double>("size"))
                                .where(col<&counted::id> == az::param<std::int64_t>("id"));
        std::int64_t changed = 0;
        CHECK(allocations_of([&](std::int64_t i) {
                  changed += c.execute(change, {{"size", static_cast<double>(i) + 0.5}, {"id", i % rows}}).affected_rows();
              }) == 0);
        CHECK(changed == 120);
    });
}

TEST_CASE("allocations: an insert and a delete that are kept and run again") {
    with_each(results::rows, [](az::connection& c) {
        const auto add = az::insert<counted>().set(col<&counted::id>, az::param<std::int64_t>("id")).set(col<&counted::size>, 0.5);
        const auto remove = az::delete_<counted>().where(col<&counted::id> == az::param<std::int64_t>("id"));
        CHECK(allocations_of([&](std::int64_t i) {
                  c.execute(add, {{"id", i + 1000}});
                  c.execute(remove, {{"id", i + 1000}});
              }) == 0);
    });
}
