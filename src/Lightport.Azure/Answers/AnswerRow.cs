using Azure.Data.Tables;
using Lightport.Azure.Tables;

namespace Lightport.Azure.Answers;

/// <summary>
/// The row that makes an answer: written when the rows of its content are there, with what tells a reader that they
/// still are.
/// </summary>
internal static class AnswerRow
{
    /// <summary>Sorts behind the digits of the content's rows.</summary>
    public const string Key = "answer";

    private const int LongestPart = 240;
    private const string DigestColumn = "Digest";
    private const string ExpiresAtColumn = "ExpiresAt";

    /// <summary>Each answer has a partition of its own.</summary>
    public static string Partition(string owner, string id) =>
        RowKey.Encode(owner, LongestPart) + RowKey.Separator + RowKey.Encode(id, LongestPart);

    public static TableEntity Of(string partition, byte[] packed, DateTimeOffset expiresAt) =>
        new(partition, Key)
        {
            [DigestColumn] = PackedJson.Digest(packed),
            [ExpiresAtColumn] = expiresAt,
        };

    /// <summary>Whether the content is what was written.</summary>
    public static bool IsOf(TableEntity row, byte[] packed) =>
        TextColumns.Read(row, DigestColumn) == PackedJson.Digest(packed);

    /// <summary>One that does not say how long it lives has lived.</summary>
    public static bool Lives(TableEntity row, DateTimeOffset now) => Columns.Moment(row, ExpiresAtColumn) > now;
}
