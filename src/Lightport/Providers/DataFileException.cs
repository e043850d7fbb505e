namespace Lightport.Providers;

/// <summary>A data file that is not as it should be.</summary>
/// <param name="file">The file's name.</param>
/// <param name="keys">The keys that lead to what is wrong, from the top; none where it is the file itself.</param>
/// <param name="what">What is wrong with it, as the end of a sentence.</param>
public sealed class DataFileException(
    string file, IReadOnlyList<string> keys, string what, Exception? innerException = null)
    : Exception($"{file}: {(keys.Count > 0 ? $"'{string.Join('.', keys)}' " : "")}{what}.", innerException)
{
    public IReadOnlyList<string> Keys { get; } = keys;

    public string What { get; } = what;
}
