using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Answers;

/// <summary>Whose an id is, as a row: under owner and id, in one of 256 partitions by the hash of both.</summary>
internal static class ResponseIdRow
{
    private const int LongestPart = 240;
    private const string ProviderColumn = "Provider";
    private const string ModelColumn = "Model";
    private const string ExpiresAtColumn = "ExpiresAt";

    /// <summary>Where an owner's id stands.</summary>
    public static (string Partition, string Row) Place(string owner, string id)
    {
        string row = RowKey.Encode(owner, LongestPart) + RowKey.Separator + RowKey.Encode(id, LongestPart);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(row));
        return (Convert.ToHexStringLower(hash.AsSpan(0, 1)), row);
    }

    public static TableEntity Of(ResponseIdRecord record)
    {
        (string partition, string row) = Place(record.Owner, record.Id);
        return new TableEntity(partition, row)
        {
            [ProviderColumn] = TextColumns.WellFormed(record.Provider),
            [ModelColumn] = TextColumns.WellFormed(record.Model),
            [ExpiresAtColumn] = record.ExpiresAt,
        };
    }

    /// <exception cref="FormatException">A column cannot be read; the message names it.</exception>
    public static ResponseIdRecord Read(TableEntity row, string owner, string id) => new(
        owner,
        id,
        Columns.Text(row, ProviderColumn) ?? throw new FormatException($"its column {ProviderColumn} is missing"),
        Columns.Text(row, ModelColumn) ?? "",
        Columns.Moment(row, ExpiresAtColumn) ?? throw new FormatException($"its column {ExpiresAtColumn} is missing"));
}
