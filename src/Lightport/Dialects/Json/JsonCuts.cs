using System.Buffers;

namespace Lightport.Dialects.Json;

/// <summary>Pieces to leave out of a JSON text. Every other byte stays as it is.</summary>
internal sealed class JsonCuts
{
    private readonly List<(int Start, int End)> _cuts = [];

    public int Count => _cuts.Count;

    public void Add(int start, int end) => _cuts.Add((start, end));

    /// <summary>Forgets all but the first <paramref name="count"/>: they lie in a piece that is cut whole.</summary>
    public void Keep(int count) => _cuts.RemoveRange(count, _cuts.Count - count);

    public void WriteTo(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        _cuts.Sort();
        int copied = 0;
        foreach ((int start, int end) in _cuts)
        {
            output.Write(json[copied..start]);
            copied = end;
        }

        output.Write(json[copied..]);
    }
}
