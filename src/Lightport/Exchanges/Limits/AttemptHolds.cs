using Lightport.Conversation;
using Lightport.Limits;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// What one attempt holds of counters until it is known what it used: all of a bound at first, less when the answer
/// tells how long the prompt was, and in the end what was used. However an attempt ends, it is settled once.
/// </summary>
/// <param name="bound">What it can use at most; nothing where neither tokens nor money are held.</param>
/// <param name="output">The most tokens of each answer.</param>
internal sealed class AttemptHolds(AttemptBound bound, long output)
{
    private bool _isShrunk;
    private bool _isSettled;

    public HoldList Holds { get; } = new();

    /// <summary>The most tokens of each answer that the gateway sets; null where it sets none.</summary>
    public long? OutputLimit => bound.MustSetOutput || output < bound.Output ? output : null;

    /// <summary>The provider has told how long the prompt was: no more is held for it.</summary>
    /// <param name="told">Null, or without a prompt, where it has not.</param>
    public void Shrink(TokenUsage? told)
    {
        if (_isShrunk || _isSettled || bound.Grows || told is not { Prompt: > 0, Estimated: false })
        {
            return;
        }

        _isShrunk = true;
        AttemptBound known = bound with { Prompt = told.Prompt };
        for (int i = 0; i < Holds.All.Count; i++)
        {
            HeldPart part = Holds.All[i];
            if (part.Measure == LimitMeasure.Money)
            {
                part.Hold.Shrink(known.Cost(output));
            }
            else if (part.Measure == LimitMeasure.Tokens)
            {
                part.Hold.Shrink(known.Tokens(output));
            }
        }
    }

    /// <summary>Counts what was used, as far as it is known; only the first call does.</summary>
    public void Settle(Attempt attempt)
    {
        if (_isSettled)
        {
            return;
        }

        _isSettled = true;
        for (int i = 0; i < Holds.All.Count; i++)
        {
            HeldPart part = Holds.All[i];
            Holds.Settle(i, part.Measure switch
            {
                LimitMeasure.Requests => 1,
                LimitMeasure.Tokens => attempt.Usage?.Total ?? 0,
                LimitMeasure.Money => Money(attempt, part.Hold),
                _ => 0,
            });
        }
    }

    /// <summary>Of what has no known price after all, as at an unasked service, all that is held.</summary>
    private static long Money(Attempt attempt, LimitHold hold) => attempt.Cost is not { } cost ? 0
        : cost.IsKnown ? NanoDollars.Of(cost.Dollars.Value)
        : hold.Held;
}
