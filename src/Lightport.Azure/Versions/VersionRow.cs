using System.Globalization;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Versions;

/// <summary>
/// The row that makes a version: written when everything else is there, with what tells a reader that it still is.
/// </summary>
internal sealed class VersionRow
{
    public const string Partition = "versions";

    private const string AuthorColumn = "Author";
    private const string NoteColumn = "Note";
    private const string CreatedAtColumn = "CreatedAt";
    private const string EntriesColumn = "Entries";
    private const string DigestColumn = "Digest";
    private const string TextDigestColumn = "TextDigest";

    private VersionRow()
    {
    }

    /// <summary>How many entries of each kind there are.</summary>
    public required IReadOnlyDictionary<string, int> Kinds { get; init; }

    /// <summary>Of the entries in their order.</summary>
    public required string Digest { get; init; }

    /// <summary>Of the document; null where there is none.</summary>
    public required string? TextDigest { get; init; }

    public static VersionRow Of(string? text, IReadOnlyList<ConfigurationEntry> entries) => new()
    {
        Kinds = entries.CountBy(entry => entry.Kind).ToDictionary(StringComparer.Ordinal),
        Digest = VersionDigest.Of(entries),
        TextDigest = text is null ? null : VersionDigest.Of(text),
    };

    /// <summary>Null where what it needs cannot be read.</summary>
    public static VersionRow? Read(TableEntity row)
    {
        var kinds = new Dictionary<string, int>(StringComparer.Ordinal);
        string listed = TextColumns.Read(row, EntriesColumn) ?? "?";
        foreach (string part in listed.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=') is not [var kind, var count]
                || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                return null;
            }

            kinds[RowKey.Decode(kind)] = number;
        }

        return TextColumns.Read(row, DigestColumn) is not { } digest ? null : new VersionRow
        {
            Kinds = kinds,
            Digest = digest,
            TextDigest = TextColumns.Read(row, TextDigestColumn),
        };
    }

    /// <summary>What a list of versions says of it; odd columns leave their part out.</summary>
    public static ConfigurationVersion Describe(TableEntity row) => new(
        row.RowKey,
        row.TryGetValue(CreatedAtColumn, out object? at) && at is DateTimeOffset moment
            ? moment
            : row.Timestamp.GetValueOrDefault(),
        TextColumns.Read(row, AuthorColumn) ?? "",
        TextColumns.Read(row, NoteColumn),
        Read(row)?.Kinds.Values.Sum());

    public TableEntity ToEntity(ConfigurationVersion version)
    {
        var row = new TableEntity(Partition, version.Version)
        {
            [CreatedAtColumn] = version.CreatedAt,
            [DigestColumn] = Digest,
            [EntriesColumn] = string.Join(',', Kinds.Select(kind => $"{RowKey.Encode(kind.Key)}={kind.Value}")),
        };
        TextColumns.Write(row, AuthorColumn, version.Author);
        if (version.Note is { } note)
        {
            TextColumns.Write(row, NoteColumn, note);
        }

        if (TextDigest is { } digest)
        {
            row[TextDigestColumn] = digest;
        }

        return row;
    }
}
