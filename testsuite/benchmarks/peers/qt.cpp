// Qt SQL, by its drivers for the three databases. As its documentation has it: a prepared QSqlQuery that goes forward only, and execBatch,
// which its drivers of these databases carry out row by row. Texts become std::string, for that is what the struct holds.
#include "peers.hpp"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <algorithm>
#include <stdexcept>

namespace bench {
namespace {

constexpr std::size_t chunk = 1'000;

/// Qt looks for its drivers by the application's object.
void need_application() {
    static int count = 1;
    static char name[] = "azoth_benchmarks";
    static char* names[] = {name, nullptr};
    static const QCoreApplication application{count, names};
}

void check(bool went_well, const QSqlError& error) {
    if (!went_well) throw std::runtime_error(error.text().toStdString());
}

void read(const QSqlQuery& q, Item& to) {
    to.id = q.value(0).toLongLong();
    to.name = q.value(1).toString().toStdString();
    to.price = q.value(2).toDouble();
    if (const QVariant stock = q.value(3); !stock.isNull()) to.stock = stock.toLongLong();
    to.note = q.value(4).toString().toStdString();
}

QString driver_of(const azoth::url& to) {
    if (to.dialect() == "sqlite") return QStringLiteral("QSQLITE");
    return to.dialect() == "postgresql" ? QStringLiteral("QPSQL") : QStringLiteral("QMYSQL");
}

class qt_connection final : public peer_connection {
public:
    explicit qt_connection(const azoth::url& to) : name_{QString::number(++made_)} {
        database_ = QSqlDatabase::addDatabase(driver_of(to), name_);
        if (!database_.isValid()) throw std::runtime_error("it has no driver (libqt5sql5-sqlite, libqt5sql5-psql, libqt5sql5-mysql)");
        database_.setDatabaseName(QString::fromStdString(to.database()));
        if (to.dialect() != "sqlite") log_in(to);
        check(database_.open(), database_.lastError());
        if (to.dialect() != "postgresql") return;
        QSqlQuery q{database_};
        check(q.exec(QStringLiteral("SET search_path TO azoth_bench_raw")), q.lastError());
    }
    ~qt_connection() override {
        database_ = {};  // the name may go only when nobody has the database
        QSqlDatabase::removeDatabase(name_);
    }

    double select(std::size_t lookups) override {
        begin();
        QSqlQuery get = prepared("SELECT id, name, price, stock, note FROM item WHERE id = ?");
        const double took = time_of(lookups, [&] {
            for (std::size_t i = 0; i < lookups; ++i) {
                get.bindValue(0, QVariant{static_cast<qlonglong>(next_key(i))});
                check(get.exec() && get.next(), get.lastError());
                Item item;
                read(get, item);
                get.finish();
                keep(item);
            }
        });
        commit();
        return took;
    }

    double scan(std::size_t rows) override {
        begin();
        const double took = time_of(rows, [&] {
            QSqlQuery all = prepared("SELECT id, name, price, stock, note FROM item");
            check(all.exec(), all.lastError());
            std::vector<Item> items;
            while (all.next()) read(all, items.emplace_back());
            if (items.size() != rows) throw std::runtime_error("rows are missing");
            keep(items);
        });
        commit();
        return took;
    }

    double insert(const std::vector<Item>& items) override {
        return time_of(items.size(), [&] {
            begin();
            QSqlQuery put = prepared("INSERT INTO item (id, name, price, stock, note) VALUES (?, ?, ?, ?, ?)");
            for (std::size_t first = 0; first < items.size(); first += chunk) {
                bind(put, items, first, std::min(items.size(), first + chunk));
                check(put.execBatch(), put.lastError());
            }
            commit();
        });
    }

    [[nodiscard]] bool inserts_in_bulk() const override { return false; }

private:
    void log_in(const azoth::url& to) {
        const auto& host = to.hosts().front();
        const QString name = QString::fromStdString(host.name);
        if (host.is_socket() && to.dialect() != "postgresql") database_.setConnectOptions(QStringLiteral("UNIX_SOCKET=") + name);
        else database_.setHostName(name);
        if (host.port != 0) database_.setPort(host.port);
        database_.setUserName(QString::fromStdString(to.user().value_or("")));
        database_.setPassword(QString::fromStdString(to.password().value_or("")));
    }
    void begin() { check(database_.transaction(), database_.lastError()); }
    void commit() { check(database_.commit(), database_.lastError()); }
    QSqlQuery prepared(const char* sql) {
        QSqlQuery q{database_};
        q.setForwardOnly(true);
        check(q.prepare(QString::fromLatin1(sql)), q.lastError());
        return q;
    }
    /// The items as a list for each column.
    static void bind(QSqlQuery& q, const std::vector<Item>& items, std::size_t first, std::size_t end) {
        QVariantList ids;
        QVariantList names;
        QVariantList prices;
        QVariantList stocks;
        QVariantList notes;
        for (std::size_t i = first; i < end; ++i) {
            const Item& item = items[i];
            ids.append(static_cast<qlonglong>(item.id));
            names.append(QString::fromStdString(item.name));
            prices.append(item.price);
            stocks.append(item.stock ? QVariant{static_cast<qlonglong>(*item.stock)} : QVariant{QVariant::LongLong});
            notes.append(QString::fromStdString(item.note));
        }
        int place = 0;
        for (const QVariantList& column : {ids, names, prices, stocks, notes}) q.bindValue(place++, column);
    }

    static inline int made_ = 0;
    QString name_;
    QSqlDatabase database_{};
};

}  // namespace

peer_library qt_peer() {
    need_application();
    return {"Qt SQL", [](const azoth::url& to) { return std::make_unique<qt_connection>(to); }};
}

}  // namespace bench
