using Lightport.Telemetry;

namespace Lightport.Tests.Telemetry;

public sealed class ModelLabelsTests
{
    private readonly ModelLabels _labels = new(name => name == "configured");

    [Fact]
    public void Name_OfTheConfiguration_IsItself() => Assert.Equal("configured", _labels.Of("configured", answered: false));

    [Fact]
    public void Name_ThatNobodyHasAnsweredTo_IsOther() => Assert.Equal("(other)", _labels.Of("invented", answered: false));

    [Fact]
    public void Name_ThatWasAnsweredTo_StaysItself()
    {
        Assert.Equal("real", _labels.Of("real", answered: true));
        Assert.Equal("real", _labels.Of("real", answered: false));
    }

    /// <summary>A provider that answers to any name is no way to make series without end.</summary>
    [Fact]
    public void Names_ThatAreAnsweredTo_HaveAnEnd()
    {
        string[] told =
        [
            .. Enumerable.Range(0, 10 * ModelLabels.MostAnswered)
                .Select(number => _labels.Of($"model-{number}", answered: true)),
        ];

        Assert.Equal(ModelLabels.MostAnswered + 1, told.Distinct().Count());
        Assert.Equal("(other)", told[^1]);
        Assert.Equal("configured", _labels.Of("configured", answered: true));
    }
}
