//! `GetWebsiteTrend`: scores and metrics of a website over time.

use std::collections::HashMap;

use callboard_proto::lighthouse_audit::v1::{GetWebsiteTrendRequest, GetWebsiteTrendResponse, Metrics, TrendPoint};
use callboard_service_kit::error::ServiceError;
use tonic::Status;

use crate::{
    audit::CategoryScore,
    server::{LighthouseAuditServer, convert, database},
    store::{self, TrendRow, TrendSpan},
};

const DEFAULT_POINTS: u32 = 200;
const MOST_POINTS: u32 = 2000;

pub(in crate::server) async fn get_website_trend(
    server: &LighthouseAuditServer,
    request: GetWebsiteTrendRequest,
) -> Result<GetWebsiteTrendResponse, Status> {
    let points = match request.max_points {
        0 => DEFAULT_POINTS,
        points if points <= MOST_POINTS => points,
        points => {
            let message = format!("a trend has {MOST_POINTS} points at most, and {points} were asked for");
            return Err(ServiceError::input(message).into());
        }
    };
    let form_factor = convert::wanted_form_factor(request.form_factor)?.map(crate::audit::FormFactor::as_str);
    let from = request.from.map(convert::time).transpose()?;
    let to = request.to.map(convert::time).transpose()?;
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(ServiceError::input("a trend ends after it begins").into());
    }
    if request.url.contains('\0') {
        return Ok(GetWebsiteTrendResponse::default());
    }
    let span = store::trend_span(&server.pool, &request.url, form_factor)
        .await
        .map_err(database)?;
    let Some((first, last)) = span else {
        return Ok(GetWebsiteTrendResponse::default());
    };
    // Stretches are cut from what there is, so that an early `from` does not thin it out.
    let (from, to) = (
        from.map_or(first, |from| from.max(first)),
        to.map_or(last, |to| to.min(last)),
    );
    if from > to {
        return Ok(GetWebsiteTrendResponse::default());
    }
    let span = TrendSpan {
        url: &request.url,
        from,
        to,
        form_factor,
        stretches: i32::try_from(points).unwrap_or(i32::MAX),
    };
    let (rows, categories) = tokio::try_join!(
        store::trend(&server.pool, &span),
        store::trend_categories(&server.pool, &span)
    )
    .map_err(database)?;
    let mut by_stretch: HashMap<i32, Vec<CategoryScore>> = HashMap::new();
    for category in categories {
        let score = CategoryScore {
            id: category.id,
            title: category.title,
            score: category.score,
        };
        by_stretch.entry(category.stretch).or_default().push(score);
    }
    let points = rows.into_iter().map(|row| {
        let categories = by_stretch.remove(&row.stretch).unwrap_or_default();
        point(&row, categories)
    });
    Ok(GetWebsiteTrendResponse {
        points: points.collect(),
    })
}

fn point(row: &TrendRow, categories: Vec<CategoryScore>) -> TrendPoint {
    TrendPoint {
        time: Some(convert::timestamp(row.time)),
        audits: u32::try_from(row.audits).unwrap_or(u32::MAX),
        categories: categories.into_iter().map(convert::category).collect(),
        metrics: Some(Metrics {
            first_contentful_paint_ms: row.first_contentful_paint_ms,
            largest_contentful_paint_ms: row.largest_contentful_paint_ms,
            total_blocking_time_ms: row.total_blocking_time_ms,
            cumulative_layout_shift: row.cumulative_layout_shift,
            speed_index_ms: row.speed_index_ms,
            time_to_interactive_ms: row.time_to_interactive_ms,
            total_bytes: row.total_bytes,
        }),
    }
}
