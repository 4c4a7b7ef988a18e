// SOCI, by its backends for the three databases, which it loads itself. As its manual has it: a statement is prepared once, a point select
// reads into variables, and many rows go into and out of vectors ("bulk operations").
#include "peers.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace bench {
namespace {

constexpr std::size_t chunk = 1'000;

/// Quoted as the backends of servers read it.
std::string quoted(const std::string& text) {
    std::string made = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') made += '\\';
        made += c;
    }
    return made + "'";
}

std::string login_of(const azoth::url& to, const char* socket_word) {
    const auto& host = to.hosts().front();
    std::string made = "user=" + quoted(to.user().value_or("")) + " password=" + quoted(to.password().value_or(""));
    if (host.is_socket()) made += std::string{" "} + socket_word + "=" + quoted(host.name);
    else made += " host=" + quoted(host.name);
    return host.port == 0 ? made : made + " port=" + std::to_string(host.port);
}

std::unique_ptr<soci::session> open_session(const azoth::url& to) {
    if (to.dialect() == "sqlite") return std::make_unique<soci::session>("sqlite3", "dbname=\"" + to.database() + "\"");
    if (to.dialect() == "postgresql")
        return std::make_unique<soci::session>("postgresql", "dbname=" + quoted(to.database()) + " " + login_of(to, "host"));
    return std::make_unique<soci::session>("mysql", "db=" + quoted(to.database()) + " " + login_of(to, "unix_socket"));
}

/// Chunks of a table by column.
struct column_vectors {
    std::vector<long long> ids{};
    std::vector<std::string> names{};
    std::vector<double> prices{};
    std::vector<long long> stocks{};
    std::vector<soci::indicator> has_stock{};
    std::vector<std::string> notes{};

    void resize(std::size_t rows) {
        ids.resize(rows);
        names.resize(rows);
        prices.resize(rows);
        stocks.resize(rows);
        has_stock.resize(rows);
        notes.resize(rows);
    }
    void read(std::size_t row, Item& to) {
        to.id = ids[row];
        to.name = std::move(names[row]);
        to.price = prices[row];
        if (has_stock[row] == soci::i_ok) to.stock = stocks[row];
        to.note = std::move(notes[row]);
    }
    void write(std::size_t row, const Item& from) {
        ids[row] = from.id;
        names[row] = from.name;
        prices[row] = from.price;
        stocks[row] = from.stock.value_or(0);
        has_stock[row] = from.stock ? soci::i_ok : soci::i_null;
        notes[row] = from.note;
    }
};

class soci_connection final : public peer_connection {
public:
    explicit soci_connection(const azoth::url& to) : session_{open_session(to)} {
        if (to.dialect() == "postgresql") *session_ << "SET search_path TO azoth_bench_raw";
    }

    double select(std::size_t lookups) override {
        soci::transaction transaction{*session_};
        long long key = 0;
        Item read;
        long long id = 0;
        long long stock = 0;
        soci::indicator has_stock{};
        soci::statement get =
            (session_->prepare << "SELECT id, name, price, stock, note FROM item WHERE id = :id", soci::use(key), soci::into(id),
             soci::into(read.name), soci::into(read.price), soci::into(stock, has_stock), soci::into(read.note));
        const double took = time_of(lookups, [&] {
            for (std::size_t i = 0; i < lookups; ++i) {
                key = next_key(i);
                if (!get.execute(true)) throw std::runtime_error("no row");
                read.id = id;
                read.stock = has_stock == soci::i_ok ? std::optional<std::int64_t>{stock} : std::nullopt;
                const Item item = std::exchange(read, {});  // a new one each time, as everybody makes
                keep(item);
            }
        });
        get.clean_up();
        transaction.commit();
        return took;
    }

    double scan(std::size_t rows) override {
        soci::transaction transaction{*session_};
        const double took = time_of(rows, [&] {
            column_vectors found;
            found.resize(chunk);
            soci::statement all =
                (session_->prepare << "SELECT id, name, price, stock, note FROM item", soci::into(found.ids), soci::into(found.names),
                 soci::into(found.prices), soci::into(found.stocks, found.has_stock), soci::into(found.notes));
            std::vector<Item> items;
            all.execute();
            while (all.fetch()) {
                for (std::size_t row = 0; row < found.ids.size(); ++row) found.read(row, items.emplace_back());
                found.resize(chunk);
            }
            if (items.size() != rows) throw std::runtime_error("rows are missing");
            keep(items);
        });
        transaction.commit();
        return took;
    }

    double insert(const std::vector<Item>& items) override {
        return time_of(items.size(), [&] {
            soci::transaction transaction{*session_};
            column_vectors sent;
            for (std::size_t first = 0; first < items.size(); first += chunk) {
                sent.resize(std::min(chunk, items.size() - first));
                for (std::size_t row = 0; row < sent.ids.size(); ++row) sent.write(row, items[first + row]);
                // Prepared once a chunk: executed again, the backends of servers would send the first chunk again (its issue 910).
                *session_ << "INSERT INTO item (id, name, price, stock, note) VALUES (:id, :name, :price, :stock, :note)",
                    soci::use(sent.ids), soci::use(sent.names), soci::use(sent.prices), soci::use(sent.stocks, sent.has_stock),
                    soci::use(sent.notes);
            }
            transaction.commit();
        });
    }

    // Its backends run the statement once for each element of the vectors.
    [[nodiscard]] bool inserts_in_bulk() const override { return false; }

private:
    std::unique_ptr<soci::session> session_;
};

}  // namespace

peer_library soci_peer() {
    return {"SOCI", [](const azoth::url& to) { return std::make_unique<soci_connection>(to); }};
}

}  // namespace bench
