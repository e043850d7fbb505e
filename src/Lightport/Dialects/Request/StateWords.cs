using System.Text;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>Where a dialect's turns hold the state of earlier thinking.</summary>
/// <param name="told">What a client is told that cannot have it read.</param>
/// <param name="holders">The fields in which parts of a turn stand, or parts of a part.</param>
/// <param name="slots">The fields that hold a state, and whose it is where it does not say so.</param>
internal sealed class StateWords(string told, string[] holders, params (string Name, string Format)[] slots)
{
    private readonly byte[][] _holders = [.. holders.Select(Encoding.UTF8.GetBytes)];

    private readonly (byte[] Name, byte[] Quoted, string Format)[] _slots =
    [
        .. slots.Select(slot =>
            (Encoding.UTF8.GetBytes(slot.Name), Encoding.UTF8.GetBytes($"\"{slot.Name}\""), slot.Format)),
    ];

    public string Told => told;

    /// <summary>Reads a slot's text, which may be another vendor's state; given the slot's own format.</summary>
    public Func<string, string, OpaqueState> Read { get; init; } = (text, own) => OpaqueState.FromSlot(text, own);

    public bool MayStandIn(ReadOnlySpan<byte> turns)
    {
        foreach ((_, byte[] quoted, _) in _slots)
        {
            if (turns.IndexOf(quoted) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public bool IsHolder(ReadOnlySpan<byte> name)
    {
        foreach (byte[] holder in _holders)
        {
            if (name.SequenceEqual(holder))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The format of a slot's own state; null where the field is no slot.</summary>
    public string? FormatOf(ReadOnlySpan<byte> name)
    {
        foreach ((byte[] slot, _, string format) in _slots)
        {
            if (name.SequenceEqual(slot))
            {
                return format;
            }
        }

        return null;
    }
}
