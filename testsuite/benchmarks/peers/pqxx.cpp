// libpqxx 6, for PostgreSQL: exec_prepared for a point select, exec for a scan, both read by as<>, and stream_to, which is COPY.
#include "peers.hpp"

#include <pqxx/pqxx>

#include <tuple>

namespace bench {
namespace {

std::string conninfo_of(const azoth::url& to) {
    const auto quoted = [](const std::string& text) {
        std::string made = "'";
        for (const char c : text) {
            if (c == '\'' || c == '\\') made += '\\';
            made += c;
        }
        return made + "'";
    };
    const auto& host = to.hosts().front();
    return "host=" + quoted(host.name) + " port=" + std::to_string(host.port) + " user=" + quoted(to.user().value_or("")) +
           " password=" + quoted(to.password().value_or("")) + " dbname=" + quoted(to.database());
}

void read(const pqxx::row& row, Item& to) {
    to.id = row[0].as<std::int64_t>();
    to.name = row[1].as<std::string>();
    to.price = row[2].as<double>();
    if (const auto stock = row[3]; !stock.is_null()) to.stock = stock.as<std::int64_t>();
    to.note = row[4].as<std::string>();
}

class pqxx_connection final : public peer_connection {
public:
    explicit pqxx_connection(const azoth::url& to) : connection_{conninfo_of(to)} {
        connection_.set_variable("search_path", "azoth_bench_raw");
        connection_.prepare("get", "SELECT id, name, price, stock, note FROM item WHERE id = $1");
    }

    double select(std::size_t lookups) override {
        pqxx::work transaction{connection_};
        const double took = time_of(lookups, [&] {
            for (std::size_t i = 0; i < lookups; ++i) {
                Item item;
                read(transaction.exec_prepared1("get", next_key(i)), item);
                keep(item);
            }
        });
        transaction.commit();
        return took;
    }

    double scan(std::size_t rows) override {
        pqxx::work transaction{connection_};
        const double took = time_of(rows, [&] {
            const pqxx::result found = transaction.exec("SELECT id, name, price, stock, note FROM item");
            std::vector<Item> items;
            items.reserve(found.size());
            for (const auto& row : found) read(row, items.emplace_back());
            if (items.size() != rows) throw std::runtime_error("rows are missing");
            keep(items);
        });
        transaction.commit();
        return took;
    }

    double insert(const std::vector<Item>& items) override {
        return time_of(items.size(), [&] {
            pqxx::work transaction{connection_};
            pqxx::stream_to out{transaction, "item", std::vector<std::string>{"id", "name", "price", "stock", "note"}};
            const std::nullptr_t none = nullptr;
            for (const Item& item : items) {
                if (item.stock) out << std::tie(item.id, item.name, item.price, *item.stock, item.note);
                else out << std::tie(item.id, item.name, item.price, none, item.note);
            }
            out.complete();
            transaction.commit();
        });
    }

    [[nodiscard]] bool inserts_in_bulk() const override { return true; }

private:
    pqxx::connection connection_;
};

}  // namespace

peer_library pqxx_peer() {
    return {"libpqxx", [](const azoth::url& to) { return to.dialect() == "postgresql" ? std::make_unique<pqxx_connection>(to) : nullptr; }};
}

}  // namespace bench
