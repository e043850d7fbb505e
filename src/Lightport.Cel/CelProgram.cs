using Lightport.Cel.Checking;
using Lightport.Cel.Evaluation;

namespace Lightport.Cel;

/// <summary>A compiled expression, for any number of threads.</summary>
public sealed class CelProgram
{
    private readonly Node _root;
    private readonly int _locals;

    internal CelProgram(string text, Node root, CelType resultType, int locals)
    {
        Text = text;
        ResultType = resultType;
        Reads = ReadAnalysis.Of(root);
        _root = root;
        _locals = locals;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>What it gives; <see cref="CelType.Dyn"/> where only a run tells.</summary>
    public CelType ResultType { get; }

    /// <summary>What it reads, each path once; guarded only where each place that reads it is.</summary>
    public IReadOnlyList<CelRead> Reads { get; }

    /// <summary>The values that a path must have one of, where the expression is to be true.</summary>
    /// <param name="path">As <see cref="Reads"/> have it, of fields alone (<c>request.model</c>).</param>
    /// <returns>Perhaps more than can be; null where any value may do.</returns>
    public IReadOnlyList<CelValue>? ChoicesOf(string path) => Choices.Of(_root, path);

    /// <summary>The value, or an error; it never throws for what an expression does.</summary>
    /// <param name="bindings">Made by the environment that compiled the expression.</param>
    /// <param name="meter">What it may cost.</param>
    public CelValue Evaluate(CelBindings bindings, CelMeter meter)
    {
        Frame frame = new(bindings, _locals == 0 ? [] : new CelValue[_locals], meter);
        CelValue value = _root.Evaluate(ref frame);
        return meter.Stopped is null ? value : meter.Refusal();
    }
}
