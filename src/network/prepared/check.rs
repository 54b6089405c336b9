//! Whether the columns of a file make a network: every index in range, every list in its order.

use super::PreparedError;
use crate::geometry::{LocalMetres, Location, geodesic_m};
use crate::id::EdgeId;
use crate::network::Network;
use crate::network::graph::NO_NAME;

/// On the earth, in 10⁻⁷ degrees.
const MOST_LON_E7: u32 = 1_800_000_000;
const MOST_LAT_E7: u32 = 900_000_000;

/// The metres of degrees about one latitude.
struct Local {
    latitude: f64,
    metres: LocalMetres,
}

/// Within so many degrees of a latitude its metres serve.
const NEAR: f64 = 0.01;
/// Nearer to the poles they change too fast.
const MOST_LATITUDE: f64 = 80.0;

impl Local {
    fn at(latitude: f64) -> Self {
        Self {
            latitude,
            metres: LocalMetres::at(latitude),
        }
    }

    /// The metres between two places, roughly where they are near each other.
    fn metres(&mut self, from: Location, to: Location) -> f64 {
        let (from, to) = (from.degrees(), to.degrees());
        let is_far = (to.x - from.x).abs() > NEAR || (to.y - from.y).abs() > NEAR;
        if is_far || from.y.abs() > MOST_LATITUDE {
            return geodesic_m(from, to);
        }
        if (from.y - self.latitude).abs() > NEAR {
            *self = Self::at(from.y);
        }
        let (east, north) = self.metres.vector(from, to);
        (east * east + north * north).sqrt()
    }
}

type Checked = Result<(), PreparedError>;

fn sure(is_so: bool, en: &'static str, zh: &'static str) -> Checked {
    if is_so {
        Ok(())
    } else {
        Err(PreparedError::inconsistent(en, zh))
    }
}

impl Network {
    /// Checks everything that the network's own functions, and those that use it, take for granted.
    pub(super) fn check(&self) -> Checked {
        let (edges, nodes) = (self.tails.len(), self.crossings.len());
        let fit = edges > 0
            && edges < u32::MAX as usize / 2
            && nodes < u32::MAX as usize
            && self.shape.len() < u32::MAX as usize
            && self.heads.len() == edges
            && self.lengths.len() == edges
            && self.passages.len() == edges
            && self.first_ways.len() == edges
            && self.shape_start.len() == edges + 1
            && self.arcs.len() == 2 * edges
            && self.arc_start.len() == nodes + 1
            && self.way_names.len() == self.ways.len()
            && self.lone_places.len() == self.lone_nodes.len();
        sure(fit, "columns of different lengths", "各列长度不一致")?;
        self.check_edges()?;
        self.check_lifts()?;
        self.check_shapes()?;
        self.check_names()?;
        self.check_heights()?;
        self.check_arcs()
    }

    fn check_edges(&self) -> Checked {
        let nodes = self.crossings.len();
        let mut ends = self.tails.iter().chain(&*self.heads);
        let ends_fit = ends.all(|node| (*node as usize) < nodes);
        sure(ends_fit, "an edge between unknown nodes", "路段端点不存在")?;
        // A negative length, an infinite one and one that is no number fail alike.
        let are_lengths = self
            .lengths
            .iter()
            .all(|metres| (0.0..1e12).contains(metres));
        sure(are_lengths, "the length of an edge", "路段长度有误")?;
        let known = self.passages.iter().all(|passage| passage.is_known());
        sure(known, "the passage of an edge", "路段通行方式有误")?;
        let ways = self.ways.len();
        let ways_fit = self.first_ways.iter().all(|way| (*way as usize) < ways);
        let later = &self.later_ways[..];
        let later_fit = later.windows(2).all(|pair| pair[0][0] < pair[1][0])
            && later.iter().all(|[_, way]| (*way as usize) < ways);
        let are_known = ways_fit && later_fit;
        sure(are_known, "an edge of an unknown way", "路段所属道路不存在")?;
        let crossings = self.crossings.iter().all(|crossing| crossing.is_known());
        sure(crossings, "the crossing at a node", "节点过街方式有误")
    }

    fn check_lifts(&self) -> Checked {
        let lifts = self
            .passages
            .iter()
            .filter(|passage| passage.is_lift())
            .count();
        let is_lift = |[edge, storeys]: &[u32; 2]| {
            let passage = self.passages.get(*edge as usize);
            passage.is_some_and(|passage| passage.is_lift()) && u16::try_from(*storeys).is_ok()
        };
        let ascend = self.lifts.windows(2).all(|pair| pair[0][0] < pair[1][0]);
        let are_lifts = lifts == self.lifts.len() && ascend && self.lifts.iter().all(is_lift);
        sure(are_lifts, "the list of lifts", "电梯列表有误")
    }

    fn check_shapes(&self) -> Checked {
        let (starts, tails, heads) = (&self.shape_start[..], &self.tails[..], &self.heads[..]);
        let mut fit = starts[0] == 0;
        for (edge, passage) in self.passages.iter().enumerate() {
            let shared = passage.shares_last();
            // The edge that shares its last vertex has one after it that begins there.
            fit &= !shared || tails.get(edge + 1) == Some(&heads[edge]);
            let (start, next) = (u64::from(starts[edge]), u64::from(starts[edge + 1]));
            fit &= next > start && next + u64::from(shared) >= start + 2;
        }
        fit &= starts[starts.len() - 1] as usize == self.shape.len();
        sure(fit, "the shape of an edge", "路段形状有误")?;
        let mut places = self.shape.iter().chain(&*self.lone_places);
        let on_earth = places.all(|at: &Location| {
            at.lon_e7.unsigned_abs() <= MOST_LON_E7 && at.lat_e7.unsigned_abs() <= MOST_LAT_E7
        });
        sure(
            on_earth,
            "a place that is not on the earth",
            "位置不在地球上",
        )?;
        let ascend = |runs: &[[u32; 2]]| {
            let mut before = 0;
            runs.iter().all(|[first, end]| {
                let fits = before <= *first && first < end;
                before = *end;
                fits
            }) && (before as usize) < self.shape.len()
        };
        let are_runs = ascend(&self.bridges) && ascend(&self.below);
        sure(are_runs, "its bridges or tunnels", "桥梁或隧道有误")?;
        self.check_lengths()
    }

    /// Lengths are those of the shapes, but for a tenth and a metre: exact ones would take as long as building the network.
    /// What walks over an edge counts on it to be about as long as it is drawn.
    fn check_lengths(&self) -> Checked {
        let mut local = Local::at(0.0);
        let (starts, shape, lengths) = (&self.shape_start[..], &self.shape[..], &self.lengths[..]);
        let passages = &self.passages[..];
        let is_as_long = |edge: EdgeId| {
            let edge = edge.index();
            let shared = usize::from(passages[edge].shares_last());
            let vertices = &shape[starts[edge] as usize..starts[edge + 1] as usize + shared];
            let pairs = vertices.windows(2);
            let metres: f64 = pairs.map(|pair| local.metres(pair[0], pair[1])).sum();
            (metres - lengths[edge]).abs() <= 0.1 * lengths[edge] + 1.0
        };
        let are_lengths = self.edge_ids().all(is_as_long);
        sure(are_lengths, "the length of an edge", "路段长度有误")
    }

    fn check_names(&self) -> Checked {
        let wrong = || PreparedError::inconsistent("the names of ways", "道路名称有误");
        let text = std::str::from_utf8(&self.name_text).map_err(|_| wrong())?;
        let names = self.name_start.len().checked_sub(1).ok_or_else(wrong)?;
        let ends_fit = self.name_start[0] == 0 && self.name_start[names] as usize == text.len();
        let ascend = self.name_start.windows(2).all(|pair| pair[0] <= pair[1]);
        let mut starts = self.name_start.iter();
        let between_letters = starts.all(|start| text.is_char_boundary(*start as usize));
        let is_name = |name: &u32| *name == NO_NAME || (*name as usize) < names;
        let are_names = self.way_names.iter().all(is_name);
        if ends_fit && ascend && between_letters && are_names {
            Ok(())
        } else {
            Err(wrong())
        }
    }

    /// Every edge has two heights or more, each of a place on the earth or unknown.
    fn check_heights(&self) -> Checked {
        let is_sound = self.heights.as_ref().is_none_or(|heights| {
            heights.is_sound() && heights.starts.len() == self.tails.len() + 1
        });
        sure(is_sound, "its heights", "高程有误")
    }

    /// Every node's arcs are ascending and leave it. As many as there are ends of edges in all, each is there once.
    fn check_arcs(&self) -> Checked {
        let wrong = || PreparedError::inconsistent("the list of arcs", "弧列表有误");
        let (starts, arcs, lone_nodes) =
            (&self.arc_start[..], &self.arcs[..], &self.lone_nodes[..]);
        let (tails, heads) = (&self.tails[..], &self.heads[..]);
        let (mut start, mut lone) = (0, 0);
        let mut fit = starts[0] == 0;
        for (node, end) in starts[1..].iter().enumerate() {
            let arcs = arcs.get(start as usize..*end as usize).ok_or_else(wrong)?;
            let leaves = |arc: &u32| {
                let ends = if arc & 1 == 0 { tails } else { heads };
                ends.get(*arc as usize / 2) == Some(&(node as u32))
            };
            fit &= arcs.iter().all(leaves) && arcs.windows(2).all(|pair| pair[0] < pair[1]);
            if arcs.is_empty() {
                fit &= lone_nodes.get(lone) == Some(&(node as u32));
                lone += 1;
            }
            start = *end;
        }
        if fit && start as usize == self.arcs.len() && lone == self.lone_nodes.len() {
            Ok(())
        } else {
            Err(wrong())
        }
    }
}
