using System.Text.Json;

namespace Lightport.Transport.Body;

/// <summary>
/// Changes to a JSON object's top level, made without copying the rest: the result is a list of slices, the original's
/// and the new ones, and the original stays as it was for the next attempt.
/// </summary>
public sealed class BodyPatch(JsonEnvelope envelope)
{
    private readonly List<(string Name, byte[]? Property)> _edits = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Replaces a field's value, or adds the field.</summary>
    /// <param name="value">JSON text.</param>
    public void Set(string name, ReadOnlySpan<byte> value) => Edit(name, Property(name, value));

    public void Remove(string name)
    {
        if (envelope.TryGet(name, out _) || _edits.Exists(edit => edit.Name == name))
        {
            Edit(name, null);
        }
    }

    /// <summary>Gives a field another name, unless a field of that name is there already, which then wins.</summary>
    public void Rename(string name, string newName)
    {
        if (envelope.TryGet(name, out JsonField field))
        {
            if (!envelope.TryGet(newName, out _))
            {
                Set(newName, envelope.Value(field));
            }

            Remove(name);
        }
    }

    /// <summary>The patched body, in order.</summary>
    public BodySegments Apply()
    {
        if (IsEmpty)
        {
            return new BodySegments([envelope.Body]);
        }

        var segments = new List<ReadOnlyMemory<byte>>((_edits.Count * 2) + 2);
        bool first = true;
        int copied = envelope.Fields.Count > 0 ? envelope.Fields[0].NameStart : envelope.Body.Span.IndexOf((byte)'{') + 1;
        segments.Add(envelope.Body[..copied]);
        int runStart = copied;
        for (int i = 0; i < envelope.Fields.Count; i++)
        {
            JsonField field = envelope.Fields[i];
            int edit = _edits.FindIndex(e => e.Name == field.Name);
            if (edit < 0)
            {
                first = false;
                continue;
            }

            AddRun(segments, runStart, i == 0 ? field.NameStart : envelope.Fields[i - 1].ValueEnd);
            runStart = field.ValueEnd;
            if (_edits[edit].Property is { } property)
            {
                segments.Add(first ? property.AsMemory(1) : property);
                first = false;
            }
            else if (first)
            {
                // Nothing stands before the next field now, so the comma between goes with the removed one.
                runStart = i + 1 < envelope.Fields.Count ? envelope.Fields[i + 1].NameStart : field.ValueEnd;
            }
        }

        int end = envelope.Fields.Count > 0 ? envelope.Fields[^1].ValueEnd : runStart;
        AddRun(segments, runStart, end);
        foreach ((string name, byte[]? property) in _edits)
        {
            if (property is not null && !envelope.TryGet(name, out _))
            {
                segments.Add(first ? property.AsMemory(1) : property);
                first = false;
            }
        }

        segments.Add(envelope.Body[Math.Max(end, runStart)..]);
        return new BodySegments(segments);
    }

    private void AddRun(List<ReadOnlyMemory<byte>> segments, int start, int end)
    {
        if (end > start)
        {
            segments.Add(envelope.Body[start..end]);
        }
    }

    private void Edit(string name, byte[]? property)
    {
        _edits.RemoveAll(edit => edit.Name == name);
        _edits.Add((name, property));
    }

    /// <summary>The property with a comma before it, which the first property of the object is written without.</summary>
    private static byte[] Property(string name, ReadOnlySpan<byte> value)
    {
        byte[] encoded = JsonEncodedText.Encode(name).EncodedUtf8Bytes.ToArray();
        return [(byte)',', (byte)'"', .. encoded, (byte)'"', (byte)':', .. value];
    }
}
