// MySQL Connector/C++ 1.1: a prepared statement for a point select, a plain one that goes forward only, and so streams, for a scan, and a
// prepared INSERT of 100 rows, which is what MySQL's manual advises where many are inserted.
#include "peers.hpp"

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include <algorithm>
#include <stdexcept>

namespace bench {
namespace {

constexpr std::size_t rows_in_a_statement = 100;

std::unique_ptr<sql::Connection> open_connection(const azoth::url& to) {
    const auto& host = to.hosts().front();
    sql::ConnectOptionsMap how;
    how["hostName"] = sql::SQLString{(host.is_socket() ? "unix://" : "tcp://") + host.name};
    if (!host.is_socket()) how["port"] = static_cast<int>(host.port == 0 ? 3306 : host.port);
    how["userName"] = sql::SQLString{to.user().value_or("")};
    how["password"] = sql::SQLString{to.password().value_or("")};
    how["schema"] = sql::SQLString{to.database()};
    return std::unique_ptr<sql::Connection>{get_driver_instance()->connect(how)};
}

void read(sql::ResultSet& row, Item& to) {
    to.id = row.getInt64(1);
    to.name = row.getString(2).asStdString();
    to.price = static_cast<double>(row.getDouble(3));
    if (!row.isNull(4)) to.stock = row.getInt64(4);
    to.note = row.getString(5).asStdString();
}

std::string insert_of(std::size_t rows) {
    std::string made = "INSERT INTO item (id, name, price, stock, note) VALUES (?, ?, ?, ?, ?)";
    for (std::size_t i = 1; i < rows; ++i) made += ", (?, ?, ?, ?, ?)";
    return made;
}

void bind(sql::PreparedStatement& to, unsigned first, const Item& item) {
    to.setInt64(first, item.id);
    to.setString(first + 1, item.name);
    to.setDouble(first + 2, item.price);
    if (item.stock) to.setInt64(first + 3, *item.stock);
    else to.setNull(first + 3, 0);
    to.setString(first + 4, item.note);
}

class connector_connection final : public peer_connection {
public:
    explicit connector_connection(const azoth::url& to) : connection_{open_connection(to)} { connection_->setAutoCommit(false); }

    double select(std::size_t lookups) override {
        const auto get = prepared("SELECT id, name, price, stock, note FROM item WHERE id = ?");
        const double took = time_of(lookups, [&] {
            for (std::size_t i = 0; i < lookups; ++i) {
                get->setInt64(1, next_key(i));
                const std::unique_ptr<sql::ResultSet> found{get->executeQuery()};
                if (!found->next()) throw std::runtime_error("no row");
                Item item;
                read(*found, item);
                keep(item);
            }
        });
        connection_->commit();
        return took;
    }

    double scan(std::size_t rows) override {
        const double took = time_of(rows, [&] {
            const std::unique_ptr<sql::Statement> all{connection_->createStatement()};
            all->setResultSetType(sql::ResultSet::TYPE_FORWARD_ONLY);
            const std::unique_ptr<sql::ResultSet> found{all->executeQuery("SELECT id, name, price, stock, note FROM item")};
            std::vector<Item> items;
            while (found->next()) read(*found, items.emplace_back());
            if (items.size() != rows) throw std::runtime_error("rows are missing");
            keep(items);
        });
        connection_->commit();
        return took;
    }

    double insert(const std::vector<Item>& items) override {
        return time_of(items.size(), [&] {
            std::unique_ptr<sql::PreparedStatement> put;
            std::size_t prepared_for = 0;
            for (std::size_t first = 0; first < items.size();) {
                const std::size_t rows = std::min(rows_in_a_statement, items.size() - first);
                if (rows != prepared_for) put = prepared(insert_of(rows));
                prepared_for = rows;
                for (unsigned place = 1; place < 5 * rows; place += 5) bind(*put, place, items[first++]);
                put->executeUpdate();
            }
            connection_->commit();
        });
    }

    [[nodiscard]] bool inserts_in_bulk() const override { return true; }

private:
    std::unique_ptr<sql::PreparedStatement> prepared(const std::string& sql) {
        return std::unique_ptr<sql::PreparedStatement>{connection_->prepareStatement(sql)};
    }

    std::unique_ptr<sql::Connection> connection_;
};

}  // namespace

peer_library connector_peer() {
    return {"Connector/C++", [](const azoth::url& to) -> std::unique_ptr<peer_connection> {
                const bool known = to.dialect() == "mysql" || to.dialect() == "mariadb";
                return known ? std::make_unique<connector_connection>(to) : nullptr;
            }};
}

}  // namespace bench
